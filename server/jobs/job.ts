// What runs beside the live path: each job does a bounded piece of work on the record and says whether there is more.
// Jobs know nothing of one another and of the runner.

export type JobReport = {
  /** Things done, in the job's own unit: games checked, minutes rolled up. */
  readonly done: number;
  /** True when a backlog is left: the job runs again at once, after the others had their turn. */
  readonly more: boolean;
};

export type Job = {
  readonly name: string;
  /** Pause between two runs when there is no backlog. */
  readonly everyMs: number;
  /** One piece of work, a few hundred milliseconds at most. What it throws is logged, and it is tried again. */
  run(signal: AbortSignal): Promise<JobReport>;
};

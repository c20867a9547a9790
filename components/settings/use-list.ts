'use client';
// A list of the player's own (keys, sign-ins) from our API: asked for once, replaced by what a change answers.
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { askApi, type Ask } from '@/components/safety/ask-api';
import type { Result } from '@/lib/units/result';

export type List<T> = {
  /** Null until it is known. */
  readonly data: T | null;
  readonly problem: string | null;
  readonly isBusy: boolean;
  /** Asks for a change whose answer is the new list. */
  readonly replace: (ask: Omit<Ask<T>, 'schema'>) => Promise<boolean>;
  /** Asks for anything else; the problem is shown with the list's. */
  readonly ask: <A>(ask: Ask<A>) => Promise<A | null>;
  readonly reload: () => Promise<void>;
};

/** `schema` must stay the same object. */
export function useList<T>(path: string, schema: z.ZodType<T>): List<T> {
  const [data, setData] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const settle = <A>(answer: Result<A, { message: string }>): A | null => {
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.message);
    return answer.ok ? answer.value : null;
  };
  const ask = async <A>(question: Ask<A>): Promise<A | null> => {
    setBusy(true);
    return settle(await askApi(question));
  };
  const take = (next: T | null) => next !== null && setData(next);
  useEffect(() => {
    let isGone = false;
    void askApi({ method: 'GET', path, schema }).then((answer) => {
      if (isGone) return;
      if (answer.ok) setData(answer.value);
      else setProblem(answer.error.message);
    });
    return () => {
      isGone = true;
    };
  }, [path, schema]);
  return {
    data,
    problem,
    isBusy,
    ask,
    async replace(question) {
      const next = await ask({ ...question, schema });
      take(next);
      return next !== null;
    },
    async reload() {
      take(await ask({ method: 'GET', path, schema }));
    },
  };
}

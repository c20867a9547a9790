// @ts-check
// Shows what is being done while it is done: one line a step with its elapsed time, and on a terminal a running line
// below them. Output that is no terminal gets plain lines only.

const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SPINNER_MS = 100;

/** @typedef {ReturnType<typeof createSteps>} Steps */

/**
 * @param {{ stream: NodeJS.WriteStream, env?: Record<string, string | undefined>, now?: () => number }} options
 */
export function createSteps({ stream, env = process.env, now = () => performance.now() }) {
  const isTerminal = Boolean(stream.isTTY) && env.TERM !== 'dumb';
  const paint = createPaint(isTerminal && !env.NO_COLOR);
  /** @type {Map<string, number>} */
  const running = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let frame = 0;

  const clear = () => isTerminal && stream.write('\r\x1b[2K');
  const draw = () => {
    if (!isTerminal || running.size === 0) return;
    const steps = [...running].map(([name, since]) => `${name} ${paint.dim(formatSeconds(now() - since))}`);
    stream.write(`\r\x1b[2K${SPINNER[frame++ % SPINNER.length]} ${steps.join('  ')}`);
  };
  /** @param {string} text */
  const line = (text) => {
    clear();
    stream.write(`${text}\n`);
    draw();
  };
  const animate = () => {
    if (!isTerminal) return;
    if (running.size > 0) timer ??= setInterval(draw, SPINNER_MS).unref();
    else {
      clearInterval(timer);
      timer = undefined;
      clear();
    }
    draw();
  };

  return {
    line,
    /** A step that is over: `✓ build  14.2 s  detail`. @param {string} name @param {number} ms @param {string} [detail] */
    done(name, ms, detail) {
      line(`${paint.green('✓')} ${name}  ${paint.dim(formatSeconds(ms) + (detail ? `  ${detail}` : ''))}`);
    },
    /** @param {string} name @param {number} ms @param {string} [detail] */
    failed(name, ms, detail) {
      line(`${paint.red('✗')} ${name}  ${paint.dim(formatSeconds(ms) + (detail ? `  ${detail}` : ''))}`);
    },
    /** Shows a step as running until `end`; says nothing about how it went. @param {string} name */
    begin(name) {
      running.set(name, now());
      if (isTerminal) animate();
      else line(`· ${name} …`);
      return {
        end() {
          running.delete(name);
          animate();
        },
      };
    },
    /**
     * Runs a step, shows it and passes its result or its error on.
     * @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
     */
    async run(name, work) {
      const since = now();
      const shown = this.begin(name);
      try {
        const result = await work();
        shown.end();
        this.done(name, now() - since);
        return result;
      } catch (error) {
        shown.end();
        this.failed(name, now() - since);
        throw error;
      }
    },
  };
}

/** @param {number} ms */
export function formatSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** @param {boolean} colours */
function createPaint(colours) {
  const wrap = (/** @type {number} */ code) => (/** @type {string} */ text) =>
    colours ? `\x1b[${code}m${text}\x1b[0m` : text;
  return { green: wrap(32), red: wrap(31), dim: wrap(2) };
}

// Shares an answer among all who ask the same within its range: patterns of a year are costly to work out, and the end of
// their range moves once a minute, which makes the next question another one. Bounded; called by analytics-history.

/** Sources and lengths of range that are asked for at a time. The oldest goes when there are more. */
export const SHARED_MAX = 32;

export function shareAnswers<T>(): (key: string, work: () => Promise<T>) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key, work) => {
    const known = answers.get(key);
    if (known) return known;
    const answer = work();
    answers.set(key, answer);
    if (answers.size > SHARED_MAX) answers.delete(answers.keys().next().value!);
    // A failure is not kept: the next one who asks tries again.
    answer.catch(() => {
      if (answers.get(key) === answer) answers.delete(key);
    });
    return answer;
  };
}

// A verb's result as an HTTP answer: what was asked for, or the problem in the shape it has.
import type { BetProblem } from '@/lib/protocol/bet-problem';
import type { Result } from '@/lib/units/result';
import { betProblemResponse } from '@/server/http/bet-problem-response';
import { jsonResponse, problemResponse, type Problem } from '@/server/http/problem';

export function answerJson(result: Result<unknown, Problem | BetProblem>): Response {
  return result.ok ? jsonResponse(result.value) : refuse(result.error);
}

export function refuse(problem: Problem | BetProblem): Response {
  return 'code' in problem ? betProblemResponse(problem) : problemResponse(problem);
}

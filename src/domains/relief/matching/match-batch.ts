/** Orders that threads share out among themselves: none waits for another to be told what is next. */
import type { MatchAnswer, MatchOrder } from "./match-task.ts";

/** What a thread is sent: it takes the next order that nobody has taken, until there is none. */
export type Batch = { orders: readonly MatchOrder[]; next: Int32Array };
export type BatchAnswer = { index: number; answer: MatchAnswer } | { fault: string } | { isOver: true };

export const makeBatch = (orders: readonly MatchOrder[]): Batch => ({
  orders,
  next: new Int32Array(new SharedArrayBuffer(4)),
});

/** The number of an order that nobody has taken, −1 when there is none left. */
export function takeNext({ orders, next }: Batch): number {
  const index = Atomics.add(next, 0, 1);
  return index < orders.length ? index : -1;
}

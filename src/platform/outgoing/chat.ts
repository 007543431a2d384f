/** A group robot (群机器人) of WeCom or DingTalk: both take the same text message and answer with errcode 0. */

const TIMEOUT_MS = 20_000;

/** @throws Error when the robot did not take it; the address, which is a secret, is not in the words */
export async function postToChat(webhook: URL, content: string): Promise<void> {
  const response = await fetch(webhook, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ msgtype: "text", text: { content } }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    throw new Error(`the chat robot cannot be reached: ${(error as Error).name}`);
  });
  const answer = (await response.json().catch(() => ({}))) as { errcode?: number; errmsg?: string };
  if (response.ok && answer.errcode === 0) return;
  throw new Error(`the chat robot refused: ${answer.errmsg ?? response.status}`);
}

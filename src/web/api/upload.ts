/** Sending a file, with progress: what fetch cannot tell, XMLHttpRequest can. */
import { addressOf, csrfToken } from "./client.ts";
import { noAnswer, readProblem, RequestFailed } from "./problem.ts";

export type Upload = { path: string; form: FormData; onProgress: (share: number) => void };

/** Throws RequestFailed as `send` does. `onProgress` gets 0…1; at 1 the server is checking. */
export function upload<Answer>({ path, form, onProgress }: Upload): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", addressOf(path));
    request.setRequestHeader("accept", "application/json");
    const csrf = csrfToken();
    if (csrf !== undefined) request.setRequestHeader("x-csrf-token", csrf);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener("error", () => reject(new RequestFailed(noAnswer)));
    request.addEventListener("load", () => {
      const answer = new Response(request.responseText, { status: request.status });
      if (answer.ok) {
        answer.json().then(resolve, reject);
        return;
      }
      readProblem(answer).then((problem) => reject(new RequestFailed(problem)), reject);
    });
    request.send(form);
  });
}

/** E-mail by SMTP. The only file that knows the library. */
import { createTransport } from "nodemailer";

export type Mail = {
  to: string;
  subject: string;
  text: string;
  /** the same mail sent again has the same id, by which mail servers and readers know it */
  id: string;
};
export type Mailer = {
  /** @throws Error when the server did not take it; mail servers repeat the address, which is nobody's business in a log */
  send(mail: Mail): Promise<void>;
  close(): void;
};

const TIMEOUT_MS = 20_000;
const ADDRESS = /[^\s<>"',;:()]+@[^\s<>"',;:()]+/g;

/** @param url smtp://user:password@host:port or smtps:// */
export function openMailer(url: URL, from: string): Mailer {
  const transport = createTransport({
    url: url.href,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  const host = from.split("@").at(-1) ?? "localhost";
  return {
    send: async ({ to, subject, text, id }) => {
      await transport
        .sendMail({ from, to, subject, text, messageId: `<${id}@${host}>` })
        .catch((error: unknown) => {
          throw new Error((error as Error).message.replaceAll(ADDRESS, "…"));
        });
    },
    close: () => transport.close(),
  };
}

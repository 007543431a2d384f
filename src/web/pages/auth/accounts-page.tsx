/** 账号: the system administrator creates, the security administrator approves and steps in. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { AccountAction, AccountView } from "../../../domains/auth/contract.ts";
import { api } from "../../api/routes.ts";
import { formatInstant } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/language.tsx";
import { useMay, useSession } from "../../session/session.tsx";
import { ConfirmDialog } from "../../shell/confirm-dialog.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";
import { accountsKey, CreateAccount } from "./create-account.tsx";
import { OncePassword } from "./once-password.tsx";

/** What the security administrator may do with an account in its present state. */
function actionsFor(account: AccountView): AccountAction[] {
  if (account.state === "pending") return ["approve", "disable"];
  if (account.state === "disabled") return ["enable"];
  const always: AccountAction[] = ["reset", "revoke-sessions", "disable"];
  return account.lockedUntil === null ? always : ["unlock", ...always];
}

function wordsFor(action: AccountAction, words: Messages["accounts"]): { name: string; hint: string } {
  const all: Record<AccountAction, { name: string; hint: string }> = {
    approve: { name: words.approve, hint: words.confirmApprove },
    enable: { name: words.enable, hint: words.confirmEnable },
    disable: { name: words.disable, hint: words.confirmDisable },
    unlock: { name: words.unlock, hint: words.confirmUnlock },
    reset: { name: words.reset, hint: words.confirmReset },
    "revoke-sessions": { name: words.revokeSessions, hint: words.confirmRevoke },
  };
  return all[action];
}

export function AccountsPage() {
  const { t } = useSpeech();
  const mayCreate = useMay("accounts.create");
  const accounts = useQuery({
    queryKey: accountsKey,
    queryFn: ({ signal }) => api.accounts({ limit: 1000 }, {}, signal),
  });
  usePageTitle(t.accounts.title);
  return (
    <>
      <div className="page-head">
        <h1>{t.accounts.title}</h1>
      </div>
      <p className="note page-note">{t.accounts.hint}</p>
      {accounts.error !== null && <Trouble error={accounts.error} again={() => void accounts.refetch()} />}
      {accounts.isPending && <Waiting lines={10} />}
      {accounts.data?.items.length === 0 && <Empty title={t.accounts.empty} />}
      {accounts.data !== undefined && accounts.data.items.length > 0 && (
        <AccountTable items={accounts.data.items} />
      )}
      {mayCreate && <CreateAccount />}
    </>
  );
}

type Asked = { account: AccountView; action: AccountAction };

function AccountTable({ items }: { items: readonly AccountView[] }) {
  const { t } = useSpeech();
  const client = useQueryClient();
  const mayApprove = useMay("accounts.approve");
  const words = t.accounts;
  const [asked, setAsked] = useState<Asked>();
  const act = useMutation({
    mutationFn: ({ account, action }: Asked) => api.actOnAccount(account.id, action),
    onSettled: () => {
      setAsked(undefined);
      return client.invalidateQueries({ queryKey: accountsKey });
    },
  });
  return (
    <>
      {act.error !== null && <Trouble error={act.error} />}
      {act.isSuccess && (
        <div className="message good" role="status">
          <p className="title">{words.done(wordsFor(act.variables.action, words).name, act.data.username)}</p>
          {act.data.password !== undefined && <OncePassword password={act.data.password} />}
        </div>
      )}
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{words.username}</th>
            <th scope="col">{words.person}</th>
            <th scope="col">{words.posts}</th>
            <th scope="col">{t.app.region}</th>
            <th scope="col">{words.state}</th>
            <th scope="col" className="r">
              {words.sessions}
            </th>
            <th scope="col">{words.totp}</th>
            <th scope="col" className="r">
              {mayApprove && words.actions}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              onAsk={(action) => setAsked({ account, action })}
            />
          ))}
        </tbody>
      </table>
      {asked !== undefined && (
        <ConfirmDialog
          title={words.confirmTitle(wordsFor(asked.action, words).name, asked.account.username)}
          confirm={wordsFor(asked.action, words).name}
          isWorking={act.isPending}
          onConfirm={() => act.mutate(asked)}
          onCancel={() => setAsked(undefined)}
        >
          <p>{wordsFor(asked.action, words).hint}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function AccountRow({ account, onAsk }: { account: AccountView; onAsk: (action: AccountAction) => void }) {
  const { t, lang, nameOf } = useSpeech();
  const me = useSession().account;
  const mayApprove = useMay("accounts.approve");
  const words = t.accounts;
  return (
    <tr>
      <th scope="row">{account.username}</th>
      <td data-label={words.person}>{account.displayName}</td>
      <td data-label={words.posts}>
        {account.posts
          .map((post) => (lang === "zh" ? post.titleZh : post.titleEn))
          .join(lang === "zh" ? "、" : ", ")}
      </td>
      <td data-label={t.app.region}>{nameOf(account.region)}</td>
      <td data-label={words.state}>
        <span className={account.state === "active" ? undefined : "red"}>{words[account.state]}</span>
        {account.lockedUntil !== null && (
          <span className="sub red">{words.lockedUntil(formatInstant(account.lockedUntil))}</span>
        )}
      </td>
      <td className="r" data-label={words.sessions}>
        {account.sessions}
      </td>
      <td data-label={words.totp}>{account.totp ? t.app.yes : t.app.no}</td>
      <td className="row-actions">
        {mayApprove &&
          account.id !== me.id &&
          actionsFor(account).map((action) => (
            <button key={action} type="button" className="text-button" onClick={() => onAsk(action)}>
              {wordsFor(action, words).name}
              <span className="unseen"> {account.username}</span>
            </button>
          ))}
      </td>
    </tr>
  );
}

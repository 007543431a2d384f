/** 接口令牌: what programs use in one's name, never with more rights than the post that issued it. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SubmitEvent } from "react";
import type { TokenView } from "../../../domains/auth/contract.ts";
import { api } from "../../api/routes.ts";
import { nearRegionsQuery } from "../../api/shared-queries.ts";
import { formatDay, formatInstant } from "../../format/time.ts";
import { useSpeech } from "../../i18n/language.tsx";
import { useMay, useSession } from "../../session/session.tsx";
import { CopyButton } from "../../shell/copy-button.tsx";
import { usePageTitle } from "../../shell/page-title.tsx";
import { Choice, TextField } from "../../shell/text-field.tsx";
import { Empty, Trouble, Waiting } from "../../shell/trouble.tsx";

const tokensKey = ["tokens"];

export function TokensPage() {
  const { t } = useSpeech();
  const tokens = useQuery({
    queryKey: tokensKey,
    queryFn: ({ signal }) => api.tokens(undefined, {}, signal),
  });
  usePageTitle(t.tokens.title);
  return (
    <>
      <div className="page-head">
        <h1>{t.tokens.title}</h1>
      </div>
      <p className="note page-note">{t.tokens.hint}</p>
      {tokens.error !== null && <Trouble error={tokens.error} again={() => void tokens.refetch()} />}
      {tokens.isPending && <Waiting lines={4} />}
      {tokens.data?.items.length === 0 && <Empty title={t.tokens.empty} />}
      {tokens.data !== undefined && tokens.data.items.length > 0 && <TokenTable tokens={tokens.data.items} />}
      <CreateToken />
    </>
  );
}

function TokenTable({ tokens }: { tokens: readonly TokenView[] }) {
  const { t, nameOf } = useSpeech();
  const { today } = useSession();
  const client = useQueryClient();
  const words = t.tokens;
  const revoke = useMutation({
    mutationFn: (id: number) => api.revokeToken(undefined, { id }),
    onSettled: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
  const stateOf = (token: TokenView) => {
    if (token.revokedAt !== null) return words.revoked;
    return formatDay(token.expiresAt) < today ? words.expired : words.active;
  };
  return (
    <>
      {revoke.error !== null && <Trouble error={revoke.error} />}
      <table className="table list">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.access}</th>
            <th scope="col">{words.scope}</th>
            <th scope="col">{words.createdAt}</th>
            <th scope="col">{words.expiresAt}</th>
            <th scope="col">{words.usedAt}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">
              <span className="unseen">{t.accounts.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id}>
              <th scope="row">{token.name}</th>
              <td data-label={words.access}>{words[token.access]}</td>
              <td data-label={words.scope}>{nameOf(token.region)}</td>
              <td data-label={words.createdAt}>{formatInstant(token.createdAt)}</td>
              <td data-label={words.expiresAt}>{formatInstant(token.expiresAt)}</td>
              <td data-label={words.usedAt}>
                {token.usedAt === null ? words.never : formatInstant(token.usedAt)}
              </td>
              <td data-label={words.state}>{stateOf(token)}</td>
              <td className="r">
                {token.revokedAt === null && (
                  <button type="button" className="text-button" onClick={() => revoke.mutate(token.id)}>
                    {words.revoke}
                    <span className="unseen"> {token.name}</span>
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function CreateToken() {
  const { t, nameOf } = useSpeech();
  const { post } = useSession();
  const mayReadRegions = useMay("figures.read");
  const regions = useQuery({ ...nearRegionsQuery(post.region.code), enabled: mayReadRegions });
  const client = useQueryClient();
  const words = t.tokens;
  const [name, setName] = useState("");
  const [access, setAccess] = useState<"read" | "write">("read");
  const [region, setRegion] = useState(String(post.region.code));
  const [days, setDays] = useState("90");
  const create = useMutation({
    mutationFn: () =>
      api.createToken({ name: name.trim(), access, region: Number(region), days: Number(days) }),
    onSuccess: async () => {
      setName("");
      await client.invalidateQueries({ queryKey: tokensKey });
    },
  });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!create.isPending) create.mutate();
  };
  return (
    <section className="section" aria-labelledby="create-token">
      <header>
        <h2 id="create-token">{words.create}</h2>
      </header>
      {create.data !== undefined && (
        <div className="message good" role="status">
          <p className="title">{words.created}</p>
          <p>
            <code className="secret">{create.data.token}</code> <CopyButton text={create.data.token} />
          </p>
        </div>
      )}
      <form className="form" onSubmit={submit}>
        <TextField
          label={words.name}
          value={name}
          onValue={setName}
          hint={words.nameHint}
          maxLength={80}
          required
        />
        <Choice
          label={words.access}
          value={access}
          onValue={(value) => setAccess(value === "write" ? "write" : "read")}
          options={[
            { value: "read", name: words.read },
            { value: "write", name: words.write },
          ]}
        />
        <Choice
          label={words.scope}
          value={region}
          onValue={setRegion}
          options={(regions.data ?? [post.region]).map((one) => ({
            value: String(one.code),
            name: nameOf(one),
          }))}
        />
        <TextField
          label={words.days}
          value={days}
          onValue={setDays}
          type="number"
          min={1}
          max={365}
          required
        />
        {create.error !== null && <Trouble error={create.error} />}
        <div className="actions">
          <button type="submit" className="button first" aria-disabled={create.isPending}>
            {words.create}
          </button>
        </div>
      </form>
    </section>
  );
}

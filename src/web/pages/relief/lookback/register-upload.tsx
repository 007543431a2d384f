/** 上传名册: the file is looked at first, its columns are named, then it is read and sealed. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { RegisterView } from "../../../../domains/relief/contract.ts";
import { send } from "../../../api/client.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { DropPlace } from "../../../shell/drop-place.tsx";
import { Choice, TextField } from "../../../shell/text-field.tsx";
import { Trouble } from "../../../shell/trouble.tsx";
import { count } from "../count.ts";
import type { Inspected } from "./inspected.ts";
import { MappingForm } from "./mapping-form.tsx";

export function RegisterUpload() {
  const { t } = useSpeech();
  const client = useQueryClient();
  const words = t.lookback.upload;
  const kinds = Object.entries(t.lookback.kinds);
  const [kind, setKind] = useState(kinds[0]?.[0] ?? "");
  const [other, setOther] = useState("");
  const [file, setFile] = useState<File>();
  const [added, setAdded] = useState<RegisterView>();
  const code = kind === "" ? other.trim() : kind;
  const inspect = useMutation({
    mutationFn: ({ chosen, of }: { chosen: File; of: string }) => {
      const form = new FormData();
      form.set("kind", of);
      form.set("file", chosen);
      return send<Inspected>({ method: "POST", path: "/lookback/registers/inspect", form });
    },
  });
  const restart = () => {
    setFile(undefined);
    inspect.reset();
  };
  return (
    <div className="form wide register-upload">
      {added !== undefined && (
        <p className="message good" role="status">
          {words.done(added.title, count(added.rows))}
        </p>
      )}
      <div className="filters">
        <Choice
          label={t.lookback.kind}
          value={kind}
          onValue={(next) => {
            setKind(next);
            restart();
          }}
          options={[...kinds.map(([value, name]) => ({ value, name })), { value: "", name: words.otherKind }]}
        />
        {kind === "" && (
          <TextField
            label={words.kindCode}
            value={other}
            onValue={setOther}
            hint={words.kindCodeHint}
            pattern="[a-z][a-z0-9_\-]{1,30}"
            spellCheck={false}
          />
        )}
      </div>
      <DropPlace
        file={file}
        endings={[".csv", ".txt", ".xlsx"]}
        words={{ drop: words.drop, choose: t.importing.choose, other: t.relief.notTable }}
        onFile={(chosen) => {
          setFile(chosen);
          setAdded(undefined);
          inspect.mutate({ chosen, of: code });
        }}
      />
      {inspect.isPending && (
        <p className="note" role="status">
          {words.looking}
        </p>
      )}
      {inspect.error !== null && <Trouble error={inspect.error} />}
      {file !== undefined && inspect.data !== undefined && (
        <MappingForm
          key={`${file.name} ${file.size} ${file.lastModified}`}
          file={file}
          kind={code}
          inspected={inspect.data}
          onDone={(register) => {
            setAdded(register);
            restart();
            void client.invalidateQueries({ queryKey: ["registers"] });
          }}
        />
      )}
    </div>
  );
}

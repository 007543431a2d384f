/** 填报单位: kinds of units, all over the county or within some townships, and single units besides. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FormDefinition } from "../../../../domains/returns/contract.ts";
import { MOST_UNITS, townshipsQuery, unitsQuery } from "../../../api/shared-queries.ts";
import { useSpeech } from "../../../i18n/language.tsx";
import { useReturnFormTexts } from "../../../i18n/return-forms.ts";
import { countFilers } from "./count-filers.ts";
import { NamePicker } from "./name-picker.tsx";
import { UnitPicker, useKindName, useRegionName, useUnitKinds } from "./unit-names.tsx";

type Filers = FormDefinition["filers"];
type FilerFieldsProps = { filers: Filers; onFilers: (filers: Filers) => void };

export function FilerFields({ filers, onFilers }: FilerFieldsProps) {
  const f = useReturnFormTexts();
  const kindName = useKindName();
  const { kinds, within = [], units } = filers;
  const all = useUnitKinds(kinds);
  const known = useQuery(unitsQuery(""));
  return (
    <fieldset className="plain-fieldset">
      <legend>{f.facts.filers}</legend>
      <p className="kinds">
        {all.map((kind) => (
          <label key={kind} className="check">
            <input
              type="checkbox"
              checked={kinds.includes(kind)}
              onChange={(event) =>
                onFilers({
                  ...filers,
                  kinds: event.target.checked ? [...kinds, kind] : kinds.filter((one) => one !== kind),
                })
              }
            />
            {f.head.every(kindName(kind))}
          </label>
        ))}
      </p>
      <div className="pickers">
        {(kinds.length > 0 || within.length > 0) && (
          <TownshipPicker codes={within} onCodes={(codes) => onFilers({ ...filers, within: codes })} />
        )}
        <UnitPicker
          field="filers"
          label={f.head.units}
          codes={units}
          onCodes={(codes) => onFilers({ ...filers, units: codes })}
        />
      </div>
      {known.data !== undefined && known.data.length < MOST_UNITS && (
        <p className="fine" role="status">
          {f.head.filersNow(countFilers(filers, known.data))}
        </p>
      )}
    </fieldset>
  );
}

function TownshipPicker({
  codes,
  onCodes,
}: {
  codes: readonly number[];
  onCodes: (codes: number[]) => void;
}) {
  const { nameOf } = useSpeech();
  const f = useReturnFormTexts();
  const regionName = useRegionName();
  const townships = useQuery(townshipsQuery);
  const [wanted, setWanted] = useState("");
  const q = wanted.trim().toLowerCase();
  const found = townships.data?.filter(({ nameZh, nameEn }) =>
    [nameZh, nameEn].some((name) => name?.toLowerCase().includes(q) === true),
  );
  return (
    <NamePicker
      field="filers.within"
      label={f.head.within}
      nothingFound={f.head.noTownship}
      wanted={wanted}
      onWanted={setWanted}
      offered={found?.map((one) => ({ key: one.code, name: nameOf(one) }))}
      chosen={codes.map((code) => ({ key: code, name: regionName(code) }))}
      onChosen={onCodes}
    />
  );
}

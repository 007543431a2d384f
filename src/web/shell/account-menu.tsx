import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useSpeech } from "../i18n/language.tsx";
import { countLeft, forgetLeft } from "../pages/relief/clues/left-on-device.ts";
import type { LeftOnDevice } from "../pages/relief/clues/left-on-device.ts";
import { useSession, useSessionActions } from "../session/session.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { Chevron } from "./post-switcher.tsx";

/** The person signed in: password, two-step sign-in, tokens, sign out. */
export function AccountMenu() {
  const { t } = useSpeech();
  const { account, permissions } = useSession();
  const { signOut } = useSessionActions();
  const navigate = useNavigate();
  const [left, setLeft] = useState<LeftOnDevice>();
  const leave = async () => {
    await signOut();
    await forgetLeft(account.id);
    await navigate({ to: "/" });
  };
  const askToLeave = async () => {
    const found = await countLeft(account.id);
    if (found.pictures + found.drafts === 0) await leave();
    else setLeft(found);
  };
  return (
    <>
      <MenuTrigger>
        <Button className="quiet">
          <span className="unseen">{t.nav.account}: </span>
          {account.displayName}
          <Chevron />
        </Button>
        <Popover className="menu-popover" placement="bottom end">
          <Menu className="menu" aria-label={t.nav.account}>
            <MenuItem className="menu-item" onAction={() => void navigate({ to: "/account/password" })}>
              {t.nav.password}
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => void navigate({ to: "/account/totp" })}>
              {t.nav.totp}
            </MenuItem>
            {permissions.includes("tokens.manage") && (
              <MenuItem className="menu-item" onAction={() => void navigate({ to: "/account/tokens" })}>
                {t.nav.tokens}
              </MenuItem>
            )}
            <MenuItem className="menu-item" onAction={() => void askToLeave()}>
              {t.nav.signOut}
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {left !== undefined && (
        <ConfirmDialog
          title={t.nav.signOutTitle}
          confirm={t.nav.signOutAnyway}
          isWorking={false}
          onConfirm={() => void leave()}
          onCancel={() => setLeft(undefined)}
        >
          <p>{t.nav.signOutLeft(left.pictures, left.drafts)}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

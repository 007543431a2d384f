import { useNavigate } from "@tanstack/react-router";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useSpeech } from "../i18n/language.tsx";
import { useSession, useSessionActions } from "../session/session.tsx";
import { Chevron } from "./post-switcher.tsx";

/** The person signed in: password, two-step sign-in, tokens, sign out. */
export function AccountMenu() {
  const { t } = useSpeech();
  const { account, permissions } = useSession();
  const { signOut } = useSessionActions();
  const navigate = useNavigate();
  return (
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
          <MenuItem
            className="menu-item"
            onAction={() => {
              void signOut().then(() => navigate({ to: "/" }));
            }}
          >
            {t.nav.signOut}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** 岗位: one post at a time; switching forgets what the other post saw. */
import { useMutation } from "@tanstack/react-query";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import type { PostView } from "../../domains/auth/contract.ts";
import { api } from "../api/routes.ts";
import { useSpeech } from "../i18n/language.tsx";
import { useSession, useSessionActions } from "../session/session.tsx";

export function PostSwitcher() {
  const { t, lang, nameOf } = useSpeech();
  const session = useSession();
  const { become } = useSessionActions();
  const change = useMutation({ mutationFn: (post: number) => api.switchPost({ post }), onSuccess: become });
  const titleOf = (post: PostView) => (lang === "zh" ? post.titleZh : post.titleEn);

  if (session.posts.length < 2) {
    return (
      <span className="post" title={t.nav.actingAs(titleOf(session.post))}>
        <span className="unseen">{t.nav.post} </span>
        {titleOf(session.post)}
      </span>
    );
  }
  return (
    <MenuTrigger>
      <Button className="post quiet" isDisabled={change.isPending}>
        <span className="unseen">{t.nav.switchPost}: </span>
        {titleOf(session.post)}
        <Chevron />
      </Button>
      <Popover className="menu-popover" placement="bottom end">
        <Menu
          className="menu"
          aria-label={t.nav.switchPost}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[session.post.id]}
          onAction={(key) => {
            if (key !== session.post.id) change.mutate(Number(key));
          }}
        >
          {session.posts.map((post) => (
            <MenuItem key={post.id} id={post.id} className="menu-item" textValue={titleOf(post)}>
              <span>{titleOf(post)}</span>
              <span className="fine">
                {lang === "zh" ? post.unitZh : post.unitEn} · {nameOf(post.region)}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

export function Chevron() {
  return (
    <svg width="9" height="6" viewBox="0 0 9 6" aria-hidden="true" className="chevron">
      <path d="M.5.8l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.3" />
    </svg>
  );
}

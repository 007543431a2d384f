-- Two levels of review are two people: who has passed a return at one level does not review it at the next, through whatever post.
ALTER TABLE returns.returns ADD COLUMN passed_by bigint[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN returns.returns.passed_by IS 'accounts that have passed the version that is submitted, level by level; a submission begins anew';
GRANT UPDATE (passed_by) ON returns.returns TO taizhang_actor;

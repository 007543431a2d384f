/** How much of the year's task is done, with a tick where the elapsed pace stands. */
type CompletionBarProps = { done: number; pace?: number; isLate: boolean; label: string };

export function CompletionBar({ done, pace, isLate, label }: CompletionBarProps) {
  const share = Math.max(0, Math.min(100, done));
  return (
    <svg className="completion-bar" viewBox="0 0 100 14" preserveAspectRatio="none" role="img">
      <title>{label}</title>
      <rect x="0" y="4" width="100" height="6" className="track" />
      <rect x="0" y="4" width={share} height="6" className={isLate ? "done late" : "done"} />
      {pace !== undefined && <path d={`M${Math.min(100, pace)} 0V14`} className="pace" />}
    </svg>
  );
}

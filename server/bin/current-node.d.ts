export function onCurrentNode(run: () => Promise<void>): Promise<void>;
export function stopWithParent(stop: () => void): void;

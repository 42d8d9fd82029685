// The depth of a list item. Word's levels count within one list only; that a list belongs below
// another follows from its indent.
const NEAR = 3;

export const makeDepths = () => {
  const open = [];

  const depthInItsList = ({ list, level }) => {
    const last = open.findLastIndex((item) => item.list === list && item.level <= level);
    if (list === null || last < 0) return null;
    open.length = last + 1;
    const depth = open[last].depth + level - open[last].level;
    if (open[last].level === level) open.pop();
    return depth;
  };

  const depthAmongLists = ({ level, offset }) => {
    let peer = null;
    while (open.length && open.at(-1).offset > offset - NEAR) peer = open.pop();
    if (peer && peer.offset < offset + NEAR) return Math.max(peer.depth, level - 1);
    return Math.max(open.length ? open.at(-1).depth + 1 : 0, level - 1);
  };

  return (item) => {
    const depth = depthInItsList(item) ?? depthAmongLists(item);
    open.push({ ...item, depth });
    return depth;
  };
};

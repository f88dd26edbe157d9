#!/usr/bin/env python3
# truth.py TRACE PATHPREFIX: bytes and calls by endpoint of the first process of an strace -f -yy, children that exec left out.
import re, sys, collections
trace, prefixes = sys.argv[1], tuple(sys.argv[2:]) or ("/",)
R = {"read","pread64","readv","preadv","recvfrom","recvmsg"}; W = {"write","pwrite64","writev","pwritev","sendto","sendmsg"}; K = {"sendfile","copy_file_range","splice"}
pend = {}; calls = []
for line in open(trace, errors="replace"):
    m = re.match(r"^(\d+)\s+(.*)$", line.rstrip("\n"))
    if not m: continue
    pid, rest = m.groups()
    if rest.endswith("<unfinished ...>"): pend[pid] = rest[:-len("<unfinished ...>")]; continue
    m = re.match(r"<\.\.\. (\w+) resumed>(.*)$", rest)
    if m: rest = pend.pop(pid, m.group(1) + "(") + m.group(2)
    m = re.match(r"(\w+)\((.*)\)\s+=\s+(-?\d+|\?)(?:\s+(\w+))?", rest)
    if m: calls.append((pid,) + m.groups())
first = calls[0][0]; execs = collections.Counter(c[0] for c in calls if c[1] == "execve" and c[3] == "0")
parent = {c[3]: c[0] for c in calls if c[1] in ("clone","clone3","vfork","fork") and c[3].isdigit()}
def main(pid):
    while pid != first:
        if execs[pid]: return False
        pid = parent.get(pid)
        if pid is None: return False
    return True
keep = {}
acc = collections.defaultdict(lambda: [0,0,0,0]); errs = collections.Counter(); sizes = collections.defaultdict(collections.Counter)
def name(fd):
    if fd.startswith(("TCP","UDP")):
        m = re.search(r"->(.*?)\]$", fd); return "socket", "peer" if m else "?"
    if fd.startswith("UNIX"): return "unix", "unix"
    if fd.startswith(("pipe","FIFO")): return "pipe", "pipe"
    return "file", re.sub(r"\d{6,}", "*", fd.split("<")[0].replace("(deleted)", ""))
for pid, call, args, ret, err in calls:
    if pid not in keep: keep[pid] = main(pid)
    if not keep[pid] or call not in R | W | K: continue
    n = int(ret) if ret != "?" else -1
    if err: errs[call + " " + err] += 1
    fds = re.findall(r"(\d+)<(.*?)>(?=,|$|\s=)", args) if call in K else re.findall(r"^(\d+)<(.*?)>(?=,|$)", args)
    if not fds: continue
    def add(fd, d):
        k, p = name(fd[1])
        if k == "file" and not p.startswith(prefixes): return
        e = acc[(k, d, call, p)]; e[2] += 1
        if n > 0: e[0] += n; e[1] += 1; sizes[(k, d, call, p)][n] += 1
        if n < 0: e[3] += 1
    if call in R: add(fds[0], "read")
    elif call in W: add(fds[0], "write")
    elif len(fds) > 1:
        a, b = (fds[1], fds[0]) if call == "sendfile" else (fds[0], fds[1])
        add(a, "read"); add(b, "write")
for key, (b, o, n, e) in sorted(acc.items()):
    if key[0] == "unix": continue
    top = ", ".join("%dx%d" % (c, s) for s, c in sizes[key].most_common(2))
    print("  %-6s %-5s %-16s %11d B %6d calls %5d err  %-40s sizes %s" % (key[0], key[1], key[2], b, n, e, key[3], top))
if errs: print("  errors:", dict(errs))

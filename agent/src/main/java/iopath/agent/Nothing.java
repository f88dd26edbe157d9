package iopath.agent;

final class Nothing {
    private Nothing() {}
}

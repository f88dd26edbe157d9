package iopath.agent.classify;

/** What bytes come from or go to. */
public enum EndpointKind {
    MEMORY("memory"),
    FILE("file"),
    SOCKET("socket"),
    PIPE("pipe");

    private final String text;

    EndpointKind(String text) {
        this.text = text;
    }

    /** The name in events. */
    public String text() {
        return text;
    }
}

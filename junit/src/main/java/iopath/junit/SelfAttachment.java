package iopath.junit;

import iopath.analyzer.Main;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The agent in this JVM.
 *
 * <p>A JVM may not attach to itself unless it was started with {@code -Djdk.attach.allowAttachSelf}. A helper process
 * may: it runs {@code iopath attach}, out of the jar that carries the agent.
 */
final class SelfAttachment {
    /** Set by the agent, whichever way it came. */
    private static final String LOADED = "iopath.agent.version";

    private static final int PATIENCE_SECONDS = 60;

    private SelfAttachment() {}

    /** Loads the agent unless {@code -javaagent} has. */
    static void ensure() {
        if (System.getProperty(LOADED) != null) {
            return;
        }
        String said = attach();
        if (System.getProperty(LOADED) == null) {
            throw new IllegalStateException("the iopath agent cannot be put into this JVM: " + said.strip()
                    + "; start the tests with -javaagent:iopath-agent.jar instead");
        }
    }

    private static String attach() {
        String java =
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString();
        // Samples close to each other: a test moves little, and its failure shall name the code.
        List<String> command = List.of(
                java,
                "-cp",
                jar(),
                Main.class.getName(),
                "attach",
                Long.toString(ProcessHandle.current().pid()),
                "--sample",
                "4k");
        try {
            Process helper =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(helper.getInputStream().readAllBytes(), Charset.defaultCharset());
            if (!helper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                helper.destroy();
            }
            return said;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static String jar() {
        try {
            return Path.of(Main.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar of iopath has no path", e);
        }
    }
}

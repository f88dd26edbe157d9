package iopath.it;

import com.sun.tools.attach.VirtualMachine;
import iopath.it.Jdks.Jdk;
import iopath.it.attach.Bodies;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** The code of the methods that the agent weaves, as a running JVM has it. */
public final class Woven {

    private Woven() {}

    /**
     * Their instructions, without what a constant pool may change.
     *
     * @param folder a new one, for class files; the target keeps a jar in it open
     */
    public static String in(Jdk jdk, long pid, Path folder) throws Exception {
        Path jar = jar(Files.createDirectories(folder));
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            machine.loadAgent(jar.toString(), folder.toString());
        } finally {
            machine.detach();
        }
        List<String> command = new ArrayList<>(List.of(jdk.tool("javap"), "-c", "-p"));
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .map(Path::toString)
                    .forEach(command::add);
        }
        Process javap = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(javap.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        javap.waitFor();
        return text.replaceAll("#\\d+", "#")
                .replace(folder.toString(), "")
                .replaceAll("(?m)^Compiled from.*$", "")
                // The instructions for small and for large indexes differ in their length.
                .replaceAll("(?m)^ *\\d+: ", "")
                .replaceAll("ldc(_w)? ", "ldc ");
    }

    private static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Agent-Class", Bodies.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve("bodies.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            String name = Bodies.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(name));
            try (InputStream in = Objects.requireNonNull(Bodies.class.getResourceAsStream("/" + name))) {
                in.transferTo(out);
            }
        }
        return jar;
    }
}

package iopath.jmc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;

/** A running Equinox, as it lies under JMC, whose bundles see nothing of the tests' class path. */
final class Framework implements AutoCloseable {
    private final org.osgi.framework.launch.Framework equinox;

    Framework(Path storage) throws BundleException {
        equinox = new EquinoxFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        Constants.FRAMEWORK_STORAGE_CLEAN,
                        Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        equinox.start();
    }

    /** Installs a jar. */
    Bundle install(Path jar) throws BundleException {
        return equinox.getBundleContext().installBundle(jar.toUri().toString());
    }

    /** Installs a bundle that the tests have on their class path, and returns it. */
    Bundle install(String symbolicName) throws BundleException, IOException {
        for (String jar : classPath()) {
            if (jar.endsWith(".jar") && symbolicName.equals(symbolicName(new File(jar)))) {
                return install(Path.of(jar));
            }
        }
        throw new IllegalStateException(symbolicName + " is not on the class path");
    }

    /** Installs a bundle that is nothing but a name and an extension point. */
    Bundle installStub(String symbolicName, String extensionPoint) throws BundleException, IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.put(Constants.BUNDLE_SYMBOLICNAME, symbolicName + ";singleton:=true");
        headers.put(Constants.BUNDLE_VERSION, "9.1.2");
        headers.forEach(attributes::putValue);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            jar.putNextEntry(new JarEntry("plugin.xml"));
            String plugin = "<?eclipse version=\"3.2\"?><plugin><extension-point id=\"" + extensionPoint + "\" name=\""
                    + extensionPoint + "\"/></plugin>";
            jar.write(plugin.getBytes(StandardCharsets.UTF_8));
        }
        return equinox.getBundleContext()
                .installBundle("stub:" + symbolicName, new ByteArrayInputStream(bytes.toByteArray()));
    }

    /** A service of one of the bundles; its class is theirs, though the tests may have one of the same name. */
    Object service(String type) throws InvalidSyntaxException {
        var context = equinox.getBundleContext();
        return context.getService(Objects.requireNonNull(context.getAllServiceReferences(type, null), type)[0]);
    }

    @Override
    public void close() throws Exception {
        equinox.stop();
        equinox.waitForStop(0);
    }

    private static Iterable<String> classPath() {
        return Arrays.asList(System.getProperty("java.class.path", "").split(File.pathSeparator));
    }

    private static String symbolicName(File jar) throws IOException {
        try (JarFile file = new JarFile(jar)) {
            Manifest manifest = file.getManifest();
            String name =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            return name == null ? "" : name.split(";", 2)[0].strip();
        }
    }
}

package iopath.analyzer.command;

import iopath.analyzer.summarize.Application;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which code is the application's, as an option of the commands that make findings. */
final class AppFlags {
    @Option(
            names = "--app",
            paramLabel = "PACKAGE",
            split = ",",
            converter = Name.class,
            description = "packages or classes of the application, such as com.example, whose lines findings name;"
                    + " default: the main class's package, else what is in no library that iopath knows")
    private List<String> packages = List.of();

    boolean isGiven() {
        return !packages.isEmpty();
    }

    Application application() {
        return new Application(packages);
    }

    /** A package or class, also with what is put behind one to mean all in it. */
    static final class Name implements ITypeConverter<String> {
        private static final Pattern NAME = Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*"
                + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

        @Override
        public String convert(String value) {
            String name = value.strip().replaceFirst("\\.\\*{0,2}$", "");
            if (!NAME.matcher(name).matches()) {
                throw new TypeConversionException(
                        "'" + value + "' is no package and no class; give one such as com.example");
            }
            return name;
        }
    }
}

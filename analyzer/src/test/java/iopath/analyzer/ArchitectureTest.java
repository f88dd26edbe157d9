package iopath.analyzer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "iopath.analyzer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_READ_KNOWS_JFR = noClasses()
            .that()
            .resideOutsideOfPackage("iopath.analyzer.read..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..")
            .because("the JDK's parser is full of traps, and one package is enough to know them");

    @ArchTest
    static final ArchRule ONLY_ATTACH_TOUCHES_A_JVM = noClasses()
            .that()
            .resideOutsideOfPackage("iopath.analyzer.attach..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.tools.attach..")
            .because("a report must work where there is no JDK, and a JVM is touched in one place");

    @ArchTest
    static final ArchRule NO_AGENT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("iopath.agent..")
            .because("a recording made today is read by tomorrow's analyzer: events are the only interface");

    @ArchTest
    static final ArchRule SUMMARIZE_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage("iopath.analyzer.summarize..", "iopath.analyzer.event..", "iopath.analyzer.text..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.time..",
                    "java.net..",
                    "iopath.analyzer.read..",
                    "iopath.analyzer.render..",
                    "iopath.analyzer.command..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("the same events must give the same profile, in a test as in a report");

    @ArchTest
    static final ArchRule RENDER_KNOWS_NO_EVENTS = noClasses()
            .that()
            .resideInAnyPackage("iopath.analyzer.render..", "iopath.analyzer.saved..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "iopath.analyzer.read..", "iopath.analyzer.event..", "iopath.analyzer.command..", "java.nio.file..")
            .because("a report shows a profile, wherever it comes from");

    @ArchTest
    static final ArchRule READ_KNOWS_NO_PROFILE = noClasses()
            .that()
            .resideInAPackage("iopath.analyzer.read..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("iopath.analyzer.summarize..", "iopath.analyzer.render..", "iopath.analyzer.command..")
            .because("reading ends where events are plain values");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("iopath.analyzer.(*)..")
            .should()
            .beFreeOfCycles()
            .because("arrows go one way: read, summarize, render");
}

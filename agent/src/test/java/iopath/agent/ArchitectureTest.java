package iopath.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The stages, and who may know whom. */
@AnalyzeClasses(packages = "iopath.agent", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule probeStandsAlone = classes()
            .that()
            .resideInAPackage("iopath.agent.probe")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "iopath.agent.probe",
                    "java.lang",
                    "java.io",
                    "java.nio",
                    "java.util",
                    "javax.net.ssl",
                    "org.jspecify..")
            .because("it is defined to the boot loader, where nothing else of the agent is");

    @ArchTest
    static final ArchRule onlyInstrumentKnowsByteBuddy = noClasses()
            .that()
            .resideOutsideOfPackage("iopath.agent.instrument")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("net.bytebuddy..")
            .because("how a method is woven is no concern of the stages after it");

    @ArchTest
    static final ArchRule onlyEmitKnowsJfr = noClasses()
            .that()
            .resideOutsideOfPackage("iopath.agent.emit")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.jfr..")
            .because("the agent must load where there is no jdk.jfr module");

    @ArchTest
    static final ArchRule rulesArePure = noClasses()
            .that()
            .resideInAnyPackage("iopath.agent.classify", "iopath.agent.link", "iopath.agent.aggregate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..",
                    "java.net..",
                    "java.time..",
                    "jdk.jfr..",
                    "iopath.agent.observe..",
                    "iopath.agent.emit..")
            .because("rules, links and sums are tested without files, clocks and recordings");

    @ArchTest
    static final ArchRule noCycles = slices().matching("iopath.agent.(*)..")
            .should()
            .beFreeOfCycles()
            .because("packages are the stages that data flows through, one way");

    @ArchTest
    static final ArchRule noLocksOnTheHotPath = noClasses()
            .that()
            .resideInAnyPackage("iopath.agent.observe", "iopath.agent.link", "iopath.agent.probe")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.locks..")
            .because("locks under virtual threads have stopped whole services");
}

package io.jenkins.plugins.amirefresh.test.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;

/** ArchUnit alone: in one class with Jupiter's tests the two engines overwrite each other's report. */
@AnalyzeClasses(packages = "io.jenkins.plugins.amirefresh", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    private static final String BASE = "io.jenkins.plugins.amirefresh";
    private static final String[] HOSTS = {BASE + ".runner..", BASE + ".plugin..", BASE + ".simulator.server.."};

    @ArchTest
    static final ArchRule model_knows_nothing = noClasses()
            .that()
            .resideInAPackage(BASE + ".model..")
            .should()
            .dependOnClassesThat(resideInAPackage(BASE + "..").and(resideOutside(BASE + ".model..")))
            .because("the words of the field are imported by everything else");

    @ArchTest
    static final ArchRule ports_know_the_model_only = noClasses()
            .that()
            .resideInAnyPackage(BASE + ".cloud..", BASE + ".journal..")
            .should()
            .dependOnClassesThat(resideInAPackage(BASE + "..")
                    .and(resideOutside(BASE + ".model..", BASE + ".cloud..", BASE + ".journal..")))
            .because("a port that knew its users could not be implemented apart from them");

    @ArchTest
    static final ArchRule decisions_are_pure = noClasses()
            .that()
            .resideInAnyPackage(
                    BASE + ".schedule..",
                    BASE + ".launchtemplate..",
                    BASE + ".refresh..",
                    BASE + ".ecs..",
                    BASE + ".events..",
                    BASE + ".smoketest..",
                    BASE + ".powercycle..",
                    BASE + ".retire..",
                    BASE + ".slack..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    BASE + ".cloud..", BASE + ".step..", BASE + ".report..", BASE + ".aws..", BASE + ".runner.."))
            .because("observations come in and decisions go out, so every case can be tested without a port");

    @ArchTest
    static final ArchRule the_report_reads_the_record = noClasses()
            .that()
            .resideInAPackage(BASE + ".report..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(BASE + ".cloud..", BASE + ".step..", BASE + ".refresh.."))
            .because("a report made after a crash has the run's record and nothing else");

    @ArchTest
    static final ArchRule steps_know_no_host = noClasses()
            .that()
            .resideInAPackage(BASE + ".step..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(BASE + ".aws..", BASE + ".simulator..", BASE + ".runner..", BASE + ".plugin.."))
            .because("Jenkins and the runner are two hosts of the same operations");

    @ArchTest
    static final ArchRule aws_implements_ports = noClasses()
            .that()
            .resideInAPackage(BASE + ".aws..")
            .should()
            .dependOnClassesThat(resideInAPackage(BASE + "..")
                    .and(resideOutside(BASE + ".aws..", BASE + ".cloud..", BASE + ".model..")))
            .because("an adapter that decides something hides it from the tests of the decisions");

    @ArchTest
    static final ArchRule the_simulator_knows_aws_and_never_us = noClasses()
            .that()
            .resideInAPackage(BASE + ".simulator..")
            .should()
            .dependOnClassesThat(resideInAPackage(BASE + "..").and(resideOutside(BASE + ".simulator..")))
            .because("one misreading of AWS must not live in both");

    @ArchTest
    static final ArchRule the_sdks_services_are_behind_the_ports = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".aws..", BASE + ".runner.builder..")
            .should()
            .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.services.."))
            .because(
                    "the only place that sees the SDK's types is the adapter; the rehearsal's stand-in for Packer is a "
                            + "program of its own, as Packer is");

    @ArchTest
    static final ArchRule the_core_sees_no_sdk = noClasses()
            .that()
            .resideInAPackage(BASE + "..")
            .and()
            .resideOutsideOfPackages(
                    BASE + ".aws..",
                    BASE + ".runner..",
                    BASE + ".plugin..",
                    BASE + ".simulator",
                    BASE + ".simulator.front..")
            .should()
            .dependOnClassesThat(resideInAPackage("software.amazon.."))
            .because("hosts hand over an HTTP client and credentials, and the simulator's front is such a client; "
                    + "nobody else needs the SDK");

    @ArchTest
    static final ArchRule no_cycles = slices().matching(BASE + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("what goes in a circle can only be understood as a whole");

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses()
            .that()
            .resideOutsideOfPackages(HOSTS)
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .because("waiting costs no thread: an operation says when to call again");

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that()
            .resideOutsideOfPackages(HOSTS)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("a week of windows is milliseconds in a test");

    @ArchTest
    static final ArchRule nothing_global_changes = fields().that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage(BASE + "..")
            .should()
            .beFinal()
            .because("two builds of one controller share every static field");

    @ArchTest
    static final ArchRule exceptions_say_so = classes()
            .that()
            .areAssignableTo(Exception.class)
            .and()
            .resideInAnyPackage(BASE + ".cloud..", BASE + ".step..", BASE + ".model..")
            .and()
            .doNotHaveModifier(JavaModifier.STATIC)
            .should()
            .haveSimpleNameEndingWith("Exception")
            .because("a reader of a stack trace looks for that word");

    private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }
}

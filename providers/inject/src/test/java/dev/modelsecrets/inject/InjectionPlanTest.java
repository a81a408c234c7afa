package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InjectionPlanTest {

    /** Returns a builder whose process would inherit these variables and no others. */
    private static ProcessBuilder process(Map<String, String> inherited, String... command) {
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().clear();
        process.environment().putAll(inherited);
        return process;
    }

    private static InjectionPlan plan(SecretInjection.Builder injection) {
        return injection.build().plan(TestSecrets.of("hf", "hf-value", "db", "db-value"));
    }

    @Test
    void applyTo_variables_areSetBesideTheInheritedOnes() {
        ProcessBuilder process = process(Map.of("PATH", "/bin", "HF_TOKEN", "old"), "server");

        ProcessBuilder returned = plan(SecretInjection.builder()
                        .variable("HF_TOKEN", "hf")
                        .variable("DB", "db"))
                .applyTo(process);

        assertThat(returned).isSameAs(process);
        assertThat(process.environment())
                .containsExactlyInAnyOrderEntriesOf(Map.of("PATH", "/bin", "HF_TOKEN", "hf-value", "DB", "db-value"));
        assertThat(process.command()).containsExactly("server");
    }

    @Test
    void applyTo_inheritedSecrets_areRemoved() {
        ProcessBuilder process = process(
                Map.of(
                        "TRUSS_SECRET_hf", "1",
                        "TRUSS_SECRET_", "2",
                        "AUTH_SECRET", "3",
                        "truss_secret_hf", "4",
                        "MY_TRUSS_SECRET_hf", "5",
                        "AUTH_SECRET_URL", "6",
                        "TRUSS_SECRETS", "7"),
                "server");

        plan(SecretInjection.builder()).applyTo(process);

        assertThat(process.environment())
                .containsOnlyKeys("truss_secret_hf", "MY_TRUSS_SECRET_hf", "AUTH_SECRET_URL", "TRUSS_SECRETS");
    }

    @Test
    void applyTo_keptInherited_stay() {
        ProcessBuilder process = process(
                Map.of("TRUSS_SECRET_hf", "1", "TRUSS_SECRET_db", "2", "AUTH_SECRET", "3", "PATH", "/bin"), "server");

        plan(SecretInjection.builder().keepInherited("TRUSS_SECRET_hf", "AUTH_SECRET", "NOT_THERE"))
                .applyTo(process);

        assertThat(process.environment()).containsOnlyKeys("TRUSS_SECRET_hf", "AUTH_SECRET", "PATH");
    }

    @Test
    void applyTo_mappedVariableWithTheNameOfAWithheldOne_isSet() {
        ProcessBuilder process = process(Map.of("TRUSS_SECRET_hf", "inherited", "AUTH_SECRET", "inherited"), "server");

        plan(SecretInjection.builder().variable("TRUSS_SECRET_hf", "hf")).applyTo(process);

        assertThat(process.environment()).containsExactlyEntriesOf(Map.of("TRUSS_SECRET_hf", "hf-value"));
    }

    @Test
    void applyTo_severalProcesses_getTheSame() {
        InjectionPlan plan = plan(SecretInjection.builder().variable("HF_TOKEN", "hf"));

        for (int i = 0; i < 2; i++) {
            ProcessBuilder process = plan.applyTo(process(Map.of(), "server"));
            assertThat(process.environment()).containsExactlyEntriesOf(Map.of("HF_TOKEN", "hf-value"));
        }
    }

    @Test
    void applyTo_expansionOff_leavesArgumentsAlone() {
        ProcessBuilder process = process(Map.of(), "server", "--token=$(HF_TOKEN)", "$$");

        plan(SecretInjection.builder().variable("HF_TOKEN", "hf")).applyTo(process);

        assertThat(process.command()).containsExactly("server", "--token=$(HF_TOKEN)", "$$");
    }

    @ParameterizedTest
    @EnumSource(
            value = ArgumentExpansion.class,
            names = {"LENIENT", "STRICT"})
    void applyTo_knownReferences_areExpandedFromTheFinalEnvironment(ArgumentExpansion expansion) {
        ProcessBuilder process = process(
                Map.of("PORT", "80", "HF_TOKEN", "old", "TRUSS_SECRET_kept", "kept"),
                "server",
                "$(HF_TOKEN)",
                "$(PORT)$$(PORT)",
                "$(TRUSS_SECRET_kept)");

        plan(SecretInjection.builder()
                        .variable("HF_TOKEN", "hf")
                        .keepInherited("TRUSS_SECRET_kept")
                        .expandArguments(expansion))
                .applyTo(process);

        assertThat(process.command()).containsExactly("server", "hf-value", "80$(PORT)", "kept");
    }

    @ParameterizedTest
    @EnumSource(ArgumentExpansion.class)
    void applyTo_theProgramItself_isNeverExpanded(ArgumentExpansion expansion) {
        ProcessBuilder process = process(Map.of(), "$(HF_TOKEN)$$");

        plan(SecretInjection.builder().variable("HF_TOKEN", "hf").expandArguments(expansion))
                .applyTo(process);

        assertThat(process.command()).containsExactly("$(HF_TOKEN)$$");
    }

    @ParameterizedTest
    @EnumSource(ArgumentExpansion.class)
    void applyTo_noCommandYet_isFine(ArgumentExpansion expansion) {
        ProcessBuilder process = process(Map.of());

        plan(SecretInjection.builder().variable("HF_TOKEN", "hf").expandArguments(expansion))
                .applyTo(process);

        assertThat(process.command()).isEmpty();
        assertThat(process.environment()).containsOnlyKeys("HF_TOKEN");
    }

    @Test
    void applyTo_lenientAndUnknown_staysAsItIs() {
        ProcessBuilder process = process(Map.of("TRUSS_SECRET_x", "withheld"), "server", "$(TRUSS_SECRET_x)$(NOBODY)");

        plan(SecretInjection.builder().expandArguments(ArgumentExpansion.LENIENT))
                .applyTo(process);

        assertThat(process.command()).containsExactly("server", "$(TRUSS_SECRET_x)$(NOBODY)");
        assertThat(process.environment()).isEmpty();
    }

    @Test
    void applyTo_strictAndUnknown_namesThemAllAndAppliesNothing() {
        Map<String, String> inherited = Map.of("TRUSS_SECRET_x", "withheld", "PORT", "80");
        List<String> command = List.of("server", "$(PORT)", "$(TRUSS_SECRET_x)", "$(NOBODY)$(HF_TOKEN)", "$(NOBODY)");
        ProcessBuilder process = process(inherited).command(command);
        InjectionPlan plan =
                plan(SecretInjection.builder().variable("HF_TOKEN", "hf").expandArguments(ArgumentExpansion.STRICT));

        assertThatThrownBy(() -> plan.applyTo(process))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("""
                        2 variables in the arguments of the command cannot be expanded, nothing was applied:
                          "$(TRUSS_SECRET_x)"
                          "$(NOBODY)"
                        The child process has no such variable. Map it to a secret, or write $$ where $ is meant.""");
        assertThat(process.environment()).isEqualTo(inherited);
        assertThat(process.command()).isSameAs(command);
    }

    @Test
    void applyTo_strictAndOneUnknown_isSaidInTheSingular() {
        ProcessBuilder process = process(Map.of(), "server", "$(NOBODY)");
        InjectionPlan plan = plan(SecretInjection.builder().expandArguments(ArgumentExpansion.STRICT));

        assertThatThrownBy(() -> plan.applyTo(process)).hasMessage("""
                        1 variable in the arguments of the command cannot be expanded, nothing was applied:
                          "$(NOBODY)"
                        The child process has no such variable. Map it to a secret, or write $$ where $ is meant.""");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void applyTo_argumentThatGetsTooLong_isRefused() {
        InjectionPlan plan = SecretInjection.builder()
                .variable("TOKEN", "token")
                .expandArguments(ArgumentExpansion.STRICT)
                .build()
                .plan(TestSecrets.of("token", "t".repeat(100_000)));
        ProcessBuilder process = new ProcessBuilder("true", "$(TOKEN)$(TOKEN)");

        assertThatThrownBy(() -> plan.applyTo(process))
                .isExactlyInstanceOf(SecretInjectionException.class)
                .hasMessage("the argument \"$(TOKEN)$(TOKEN)\" is too long when it is expanded, nothing was applied:"
                        + " an argument may have 128 KiB on Linux");
        assertThat(process.environment()).doesNotContainKey("TOKEN");
    }
}

package dev.modelsecrets.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** Completions, manual pages and help are written from the same specifications. */
class TextsTest {

    @TempDir
    private Path directory;

    private Shell shell() {
        return new Shell(directory);
    }

    @Test
    void completions_haveEachCommandAndOption() {
        for (String kind : new String[] {"bash", "zsh", "fish"}) {
            String script = shell().run("completion", kind).out();
            for (CommandTable command : CommandTable.values()) {
                assertThat(script).contains(command.word());
                for (OptionSpec option : command.spec().options()) {
                    String name = option.longestName();
                    assertThat(script).contains(kind.equals("fish") ? "-l " + name.substring(2) : name);
                }
            }
        }
    }

    @Test
    void completions_areValidScripts() throws Exception {
        for (String kind : new String[] {"bash", "zsh", "fish"}) {
            Path script = directory.resolve("completion." + kind);
            Files.writeString(script, shell().run("completion", kind).out());
            if (isThere(kind)) {
                Process check = new ProcessBuilder(kind, "-n", script.toString())
                        .redirectErrorStream(true)
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                        .start();
                String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(check.waitFor()).as(said).isZero();
            }
        }
    }

    @Test
    void completion_ofBash_offersCommandsAndOptions() throws Exception {
        Assumptions.assumeTrue(isThere("bash"));
        Path script = directory.resolve("completion.bash");
        Files.writeString(
                script,
                shell().run("completion", "bash").out()
                        + "COMP_WORDS=(model-secrets che); COMP_CWORD=1; _model_secrets; echo \"${COMPREPLY[@]}\"\n"
                        + "COMP_WORDS=(model-secrets run --no-r); COMP_CWORD=2; _model_secrets; echo \"${COMPREPLY[@]}\"\n");

        Process bash = new ProcessBuilder("bash", script.toString())
                .redirectError(Redirect.DISCARD)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("check\n--no-redact\n");
    }

    private static boolean isThere(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void manualPages_areOneForEachCommand() throws Exception {
        Path man = directory.resolve("man");

        assertThat(shell().run("man", "--to", man.toString()).code()).isZero();

        Map<String, String> pages = ManualPages.all();
        assertThat(pages).hasSize(CommandTable.values().length + 1);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            assertThat(man.resolve(page.getKey() + ".1")).hasContent(page.getValue());
            assertThat(page.getValue()).startsWith(".TH ").contains(".SH NAME", ".SH EXIT STATUS");
        }
        assertThat(shell().run("man", "run").out()).contains("\\-\\-no\\-redact", ".SH SYNOPSIS");
    }

    @Test
    void help_listsCommandsAndOptions() {
        String overview = shell().run("--help").out();
        for (CommandTable command : CommandTable.values()) {
            assertThat(overview).contains(command.word(), command.summary());
            String help = shell().run(command.word(), "--help").out();
            assertThat(help).contains("Usage: model-secrets " + command.word(), "--json");
            assertThat(shell().run("help", command.word()).out()).isEqualTo(help);
        }
    }
}

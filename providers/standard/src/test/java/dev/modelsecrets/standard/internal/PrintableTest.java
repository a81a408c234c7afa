package dev.modelsecrets.standard.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no path there has a line break")
class PrintableTest {

    @Test
    void shellWord_path_isOneWordOnOneLine() {
        assertThat(Printable.shellWord(Path.of("/etc/x.yaml"))).isEqualTo("/etc/x.yaml");
        assertThat(Printable.shellWord(Path.of("/etc/a b's"))).isEqualTo("'/etc/a b'\\''s'");
        assertThat(Printable.shellWord(Path.of("/etc/a\nb's\\\u001B[31m")))
                .isEqualTo("$'/etc/a\\nb\\'s\\\\\\u001b[31m'");
        assertThat(Printable.shellWord(Path.of("/etc/" + Character.toString(0xE0041))))
                .isEqualTo("$'/etc/\\U000e0041'");
    }
}

package dev.modelsecrets.examples.spark;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakSearchTest {

    private final LeakSearch search = new LeakSearch(Tokens.MARK);

    @Test
    void bytes_markInAnyForm_isFound() {
        for (String before : new String[] {"", "a", "ab", "abc"}) {
            String text = before + Tokens.MARK + "-17";
            search.bytes("plain", text.getBytes(UTF_8));
            search.bytes("little", text.getBytes(UTF_16LE));
            search.bytes("big", text.getBytes(UTF_16BE));
            search.bytes("base64", Base64.getEncoder().encode(text.getBytes(UTF_8)));
            search.bytes("base64 of UTF-16", Base64.getEncoder().encode(text.getBytes(UTF_16LE)));
        }

        assertThat(search.leaks()).hasSize(20);
    }

    @Test
    void bytes_somethingElse_isNotFound() {
        search.bytes("near", Tokens.MARK.substring(1).getBytes(UTF_8));

        assertThat(search.leaks()).isEmpty();
        assertThat(search.places()).isOne();
    }

    @Test
    void files_below_areSearched(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(directory.resolve("a/b/file"), "x" + Tokens.MARK);
        Files.writeString(directory.resolve("a/other"), "nothing");

        search.files(directory);

        assertThat(search.leaks()).containsExactly("a/b/file");
    }
}

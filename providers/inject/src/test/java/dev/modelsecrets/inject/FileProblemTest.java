package dev.modelsecrets.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileProblemTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new AccessDeniedException("x"), "permission denied"),
                arguments(new FileAlreadyExistsException("x"), "it exists already"),
                arguments(new NoSuchFileException("x"), "it does not exist, or a directory above it"),
                arguments(new DirectoryNotEmptyException("x"), "it is not empty"),
                arguments(new FileSystemException("x", "y", "Read-only file system"), "Read-only file system"),
                arguments(new FileSystemException("x", "y", null), "FileSystemException"),
                arguments(new IOException("No space left on device"), "No space left on device"),
                arguments(new ClosedByInterruptException(), "ClosedByInterruptException"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void describe_failure_isThePathAndTheReason(IOException failure, String reason) {
        assertThat(FileProblem.describe(Path.of("/demo/a"), "written", failure))
                .isEqualTo("/demo/a cannot be written: " + reason);
    }
}

package dev.modelsecrets.standard.functional;

import dev.modelsecrets.standard.StandardProviders;
import java.nio.file.Path;

/** What {@link LazyLoadingTest} runs in a process of its own: resolves one name from its own environment. */
final class ResolveProgram {

    private ResolveProgram() {}

    /** Takes the secrets directory; the environment is that of the process. */
    public static void main(String[] arguments) {
        String source = StandardProviders.builder()
                .secretsDirectory(Path.of(arguments[0]))
                .resolver()
                .resolve("token")
                .source("token");
        System.out.println("resolved from " + source);
    }
}

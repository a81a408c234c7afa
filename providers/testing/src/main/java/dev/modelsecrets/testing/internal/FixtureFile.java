package dev.modelsecrets.testing.internal;

import dev.modelsecrets.Lookup;
import dev.modelsecrets.SecretsException;
import dev.modelsecrets.standard.LocalConfigSecretProvider;
import dev.modelsecrets.standard.ModelConfig;
import dev.modelsecrets.testing.SecretFixtureException;
import dev.modelsecrets.testing.internal.FixtureProvider.Fixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code secrets:} map of a YAML file, read by the provider whose rules it follows. */
public final class FixtureFile {

    private FixtureFile() {}

    /**
     * Reads a file.
     *
     * @throws SecretFixtureException if it is not there or not of the right shape
     */
    public static Map<String, Fixture> read(Path file) {
        if (!Files.exists(file)) {
            throw new SecretFixtureException("the fixture file " + file + " does not exist");
        }
        try (InputStream content = Files.newInputStream(file)) {
            return read(content, file.toString());
        } catch (IOException e) {
            throw unreadable(file.toString(), e);
        }
    }

    /**
     * Reads a file of the class path: beside a class, or else at the root.
     *
     * @throws SecretFixtureException if it is not there or not of the right shape
     */
    public static Map<String, Fixture> read(Class<?> neighbour, String name) {
        try (InputStream content = open(neighbour, name)) {
            if (content == null) {
                String folder = neighbour.getPackageName().replace('.', '/');
                throw new SecretFixtureException("the fixture file " + name + " is not on the class path: looked for "
                        + (name.startsWith("/") ? "" : (folder.isEmpty() ? "" : folder + "/" + name + " and "))
                        + (name.startsWith("/") ? name.substring(1) : name)
                        + ". Put it into src/test/resources.");
            }
            return read(content, name);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static @Nullable InputStream open(Class<?> neighbour, String name) {
        InputStream beside = neighbour.getResourceAsStream(name);
        return beside != null || name.startsWith("/") ? beside : neighbour.getResourceAsStream("/" + name);
    }

    private static SecretFixtureException unreadable(String name, IOException failure) {
        return new SecretFixtureException("the fixture file " + name + " cannot be read: "
                + failure.getClass().getName());
    }

    /**
     * Reads by way of a file of our own: what is on the class path may be in a jar, and is readable by everybody, which
     * the provider would warn of each time.
     */
    private static Map<String, Fixture> read(InputStream content, String name) throws IOException {
        Path copy = Files.createTempFile("fixture", ".yaml");
        try {
            Files.write(copy, content.readAllBytes());
            return read(copy, name);
        } catch (SecretsException e) {
            String words = String.valueOf(e.getMessage());
            int end = words.lastIndexOf(copy.toString());
            String problem =
                    end < 0 ? words : words.substring(end + copy.toString().length());
            throw new SecretFixtureException("the fixture file " + name + problem);
        } finally {
            Files.delete(copy);
        }
    }

    private static Map<String, Fixture> read(Path copy, String name) {
        Set<String> names = ModelConfig.read(copy).declarations().names();
        Map<String, Fixture> fixtures = new LinkedHashMap<>();
        Map<String, Lookup> answers = LocalConfigSecretProvider.at(copy).find(names);
        for (String secret : names) {
            Lookup answer = answers.get(secret);
            String value = answer != null && answer.isFound() ? answer.value() : "";
            fixtures.put(secret, new Fixture(value, name + " secrets." + secret));
        }
        if (fixtures.isEmpty()) {
            throw new SecretFixtureException(copy + " has no `secrets:` map with names in it");
        }
        return fixtures;
    }
}

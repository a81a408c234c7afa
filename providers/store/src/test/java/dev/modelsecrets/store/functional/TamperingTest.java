package dev.modelsecrets.store.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.modelsecrets.store.DamagedStoreException;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.Fixtures;
import dev.modelsecrets.store.SecretMetadata;
import dev.modelsecrets.store.SecretStoreException;
import dev.modelsecrets.store.StoreKeyException;
import dev.modelsecrets.store.StoredSecret;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write the file but has no key changes it: each change is refused or without effect. */
class TamperingTest {

    @TempDir
    private Path directory;

    private Path file;

    /** States of the same store, from the oldest to the current one. */
    private final List<byte[]> states = new ArrayList<>();

    private List<SecretMetadata> metadata;

    @BeforeEach
    void createStore() throws Exception {
        file = Fixtures.file(directory);
        EncryptedSecretStore store = Fixtures.create(directory);
        store.create(StoredSecret.builder("a")
                .description("test-description")
                .value("one", "test-a-one")
                .value("two", "test-a-two")
                .build());
        store.put("b", "test-b");
        store.put("gone", "test-gone");
        states.add(Files.readAllBytes(file));
        store.put("b", "test-b-rotated");
        store.delete("gone");
        states.add(Files.readAllBytes(file));
        store.changePassword(Fixtures.password());
        store.attach("llm", List.of("a", "b"));
        states.add(Files.readAllBytes(file));
        metadata = store.list();
    }

    @Test
    void changes_someHundred_areRefusedOrWithoutEffect() throws Exception {
        tamper(new Random(1), 500);
    }

    @Test
    @Tag("slow")
    void changes_tenThousand_areRefusedOrWithoutEffect() throws Exception {
        tamper(new Random(2), 10_000);
    }

    @Test
    void entry_swappedOrPutBack_isRefused() throws Exception {
        List<String> current = lines(2);
        List<String> older = lines(0);
        int a = indexOf(current, "\"a\":");
        int b = indexOf(current, "\"b\":");

        List<String> swapped = new ArrayList<>(current);
        swapped.set(a, "\"a\"" + current.get(b).substring(3));
        swapped.set(b, "\"b\"" + current.get(a).substring(3));
        assertRefused(swapped);
        List<String> putBack = new ArrayList<>(current);
        putBack.set(b, older.get(indexOf(older, "\"b\":")));
        assertRefused(putBack);
        List<String> removed = new ArrayList<>(current);
        removed.remove(b);
        assertRefused(removed);
        List<String> undeleted = new ArrayList<>(current);
        undeleted.set(indexOf(current, "\"gone\":"), older.get(indexOf(older, "\"gone\":")));
        assertRefused(undeleted);
        List<String> generation = new ArrayList<>(current);
        generation.set(indexOf(current, "\"generation\":"), "\"generation\":99,");
        assertRefused(generation);
    }

    private void assertRefused(List<String> lines) throws Exception {
        Files.writeString(file, String.join("\n", lines) + "\n");
        assertThat(catchThrowable(this::read)).isInstanceOf(DamagedStoreException.class);
    }

    private List<String> lines(int state) {
        return List.of(new String(states.get(state), StandardCharsets.UTF_8).split("\n"));
    }

    private static int indexOf(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError(start);
    }

    private void tamper(Random random, int changes) throws Exception {
        byte[] whole = states.get(states.size() - 1);
        int refused = 0;
        for (int i = 0; i < changes; i++) {
            byte[] changed = change(whole, random);
            Files.write(file, changed);
            try {
                read();
                assertThat(changed).as("change %s was accepted", i).isEqualTo(whole);
            } catch (StoreKeyException | AssertionError e) {
                throw e;
            } catch (SecretStoreException e) {
                refused++;
            }
        }
        // A change that changes nothing is rare.
        assertThat(refused).isGreaterThan(changes * 9 / 10);
    }

    /** Opens the store anew, as a process does that has seen nothing, and reads all of it. */
    private void read() {
        EncryptedSecretStore store = Fixtures.open(directory);
        assertThat(store.list()).isEqualTo(metadata);
        assertThat(Fixtures.value(store, "a", "one")).isEqualTo("test-a-one");
        assertThat(Fixtures.value(store, "a", "two")).isEqualTo("test-a-two");
        assertThat(Fixtures.value(store, "b", "value")).isEqualTo("test-b-rotated");
    }

    private byte[] change(byte[] whole, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> {
                byte[] bit = whole.clone();
                bit[random.nextInt(bit.length)] ^= (byte) (1 << random.nextInt(8));
                return bit;
            }
            case 1 -> {
                byte[] some = whole.clone();
                for (int n = 1 + random.nextInt(8); n > 0; n--) {
                    some[random.nextInt(some.length)] = (byte) random.nextInt(256);
                }
                return some;
            }
            case 2 -> {
                return Arrays.copyOf(whole, random.nextInt(whole.length));
            }
            case 3 -> {
                byte[] longer = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(20));
                for (int i = whole.length; i < longer.length; i++) {
                    longer[i] = (byte) random.nextInt(256);
                }
                return longer;
            }
            case 4 -> {
                List<String> lines = new ArrayList<>(lines(2));
                lines.remove(random.nextInt(lines.size()));
                return join(lines);
            }
            case 5 -> {
                List<String> lines = new ArrayList<>(lines(2));
                Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
                return join(lines);
            }
            case 6 -> {
                // A line of an older state, in place of one or beside it.
                List<String> older = lines(random.nextInt(2));
                List<String> lines = new ArrayList<>(lines(2));
                String line = older.get(random.nextInt(older.size()));
                int at = random.nextInt(lines.size());
                if (random.nextBoolean()) {
                    lines.set(at, line);
                } else {
                    lines.add(at, line);
                }
                return join(lines);
            }
            default -> {
                // Pieces of the file in each other's place.
                byte[] moved = whole.clone();
                int length = 1 + random.nextInt(60);
                int from = random.nextInt(whole.length - length);
                int to = random.nextInt(whole.length - length);
                System.arraycopy(whole, from, moved, to, length);
                return moved;
            }
        }
    }

    private static byte[] join(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}

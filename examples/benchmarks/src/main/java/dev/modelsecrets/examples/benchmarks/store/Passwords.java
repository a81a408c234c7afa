package dev.modelsecrets.examples.benchmarks.store;

import dev.modelsecrets.SecretsResolver;
import dev.modelsecrets.store.EncryptedSecretStore;
import dev.modelsecrets.store.StorePassword;
import dev.modelsecrets.store.StoreSecretProvider;
import dev.modelsecrets.store.WrongKeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What passwords cost the store of this library, as against one derivation by the JDK. Used by one thread. */
final class Passwords implements AutoCloseable {

    private static final int ROUNDS = 600_000;
    private static final String[] CURRENT = {"test-password-one", "test-password-two"};

    /** Stores of two sizes, with what opening took. */
    static final class Sized {

        final int count;
        final Samples right = new Samples();
        final Samples wrong = new Samples();
        private final Path file;

        Sized(int count, Path file) {
            this.count = count;
            this.file = file;
        }
    }

    final Samples derivation = new Samples();
    final Samples change = new Samples();

    /** The longest of the resolves while the password was changed. */
    final Samples stall = new Samples();

    final List<Sized> sizes;

    private final Path changing;
    private final EncryptedSecretStore reader;
    private int changes;

    Passwords(Path directory, int count) throws IOException {
        sizes = List.of(sized(directory, count), sized(directory, 10 * count));
        changing = sized(directory, count).file;
        reader = EncryptedSecretStore.open(changing, password(CURRENT[0]));
    }

    private static Sized sized(Path directory, int count) throws IOException {
        Path place = Files.createTempDirectory(directory, "password");
        try (Contender store = ModelSecrets.open(place)) {
            store.createAll(Fixture.secrets(count));
        }
        Path file = place.resolve("secrets.json");
        try (EncryptedSecretStore store = ModelSecrets.store(place)) {
            store.addKey(password(CURRENT[0]));
        }
        return new Sized(count, file);
    }

    private static StorePassword password(String text) {
        return StorePassword.of(text.toCharArray());
    }

    void round() {
        derivation.time(1, Passwords::derive);
        for (Sized sized : sizes) {
            sized.right.time(1, () -> open(sized.file, CURRENT[0]));
            sized.wrong.time(1, () -> openWrongly(sized.file));
        }
        changeWhileReading();
    }

    private static void derive() {
        try {
            PBEKeySpec spec = new PBEKeySpec(CURRENT[0].toCharArray(), new byte[16], ROUNDS, 256);
            SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void open(Path file, String password) {
        try (EncryptedSecretStore store = EncryptedSecretStore.open(file, password(password))) {
            if (store.keyKinds().size() != 2) {
                throw new IllegalStateException("a store with other keys");
            }
        }
    }

    private static void openWrongly(Path file) {
        try {
            open(file, "test-password-that-is-wrong");
        } catch (WrongKeyException e) {
            return;
        }
        throw new IllegalStateException("the wrong password opens the store");
    }

    /** A reader that has the store open resolves all the time; another one, as if in another process, changes it. */
    private void changeWhileReading() {
        String[] names =
                Fixture.some(Fixture.secrets(sizes.get(0).count), Fixture.ASKED).toArray(new String[0]);
        SecretsResolver resolver = SecretsResolver.of(StoreSecretProvider.of(reader));
        Stall longest = new Stall(() -> resolver.resolve(names));
        Thread thread = new Thread(longest, "reader");
        thread.setDaemon(true);
        try (EncryptedSecretStore writer =
                EncryptedSecretStore.open(changing, password(CURRENT[changes % CURRENT.length]))) {
            writer.keyKinds();
            thread.start();
            longest.started.await();
            changes++;
            change.time(1, () -> writer.changePassword(password(CURRENT[changes % CURRENT.length])));
            longest.ended = true;
            thread.join();
            stall.add(longest.millis, 0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does work over and over, and keeps the longest time. */
    private static final class Stall implements Runnable {

        private final Runnable work;
        private final CountDownLatch started = new CountDownLatch(1);
        private volatile boolean ended;
        private volatile double millis;

        Stall(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            work.run();
            started.countDown();
            do {
                long start = System.nanoTime();
                work.run();
                millis = Math.max(millis, (System.nanoTime() - start) / 1e6);
            } while (!ended);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}

package dev.modelsecrets.store;

import dev.modelsecrets.store.SecretMetadata.Attachment;
import dev.modelsecrets.store.internal.Json;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.SecretKeyEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a store of the first design: a PKCS#12 keystore with an entry for each value and one for the table of contents.
 *
 * <p>The table has a JSON document a line: the format, then one for each secret. An entry is called {@code
 * <secret>/<key>}, with {@code ^} before each capital letter, because names of entries have no case.
 */
final class Pkcs12Store {

    private static final String INDEX = "model-secrets.index";

    private final Path file;
    private final KeyStore keyStore;
    private final PasswordProtection protection;

    /** Starts each such file. */
    private static final byte SEQUENCE = 0x30;

    private Pkcs12Store(Path file, KeyStore keyStore, char[] password) {
        this.file = file;
        this.keyStore = keyStore;
        this.protection = new PasswordProtection(password);
    }

    static List<StoredCopy> read(Path file, StorePassword password) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new StoreUnavailableException("the store " + file + " cannot be read: " + StoreFailures.reason(e));
        }
        if (bytes.length == 0 || bytes[0] != SEQUENCE) {
            throw new DamagedStoreException(
                    "the file " + file + " is not a PKCS#12 file, as stores of the first design are");
        }
        char[] read = password.read();
        try {
            KeyStore keyStore = load(bytes, read);
            if (keyStore == null) {
                throw new WrongKeyException(
                        password + " does not open the store " + file + ", or the file was altered");
            }
            // The checksum of a PKCS#12 file is optional, and whoever removes it can alter the rest.
            if (!hasChecksum(bytes)) {
                throw new DamagedStoreException(
                        "the store " + file + " was altered: it has no checksum; import a copy of the file");
            }
            return new Pkcs12Store(file, keyStore, read).secrets();
        } finally {
            Arrays.fill(read, '\0');
        }
    }

    private static @Nullable KeyStore load(byte[] bytes, char[] password) {
        try {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(new ByteArrayInputStream(bytes), password);
            return keyStore;
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            return null;
        }
    }

    /** Looks for the third part of the outermost sequence: after the version and the content comes the checksum. */
    private static boolean hasChecksum(byte[] der) {
        int version = contentAt(der, 0);
        int content = endAt(der, version);
        return endAt(der, content) < endAt(der, 0);
    }

    /** Returns where the content of a DER element starts. */
    private static int contentAt(byte[] der, int element) {
        int length = der[element + 1] & 0xff;
        return element + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    /** Returns where a DER element ends. */
    private static int endAt(byte[] der, int element) {
        int content = contentAt(der, element);
        int length = der[element + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = element + 2; i < content; i++) {
                length = (length << 8) | (der[i] & 0xff);
            }
        }
        return content + length;
    }

    private List<StoredCopy> secrets() {
        List<StoredCopy> secrets = new ArrayList<>();
        for (String line : entry(INDEX).lines().skip(1).toList()) {
            try {
                Node node = Json.parse(line);
                // A mark of a deleted secret has only its last version.
                if (node.get("deletedVersion") == null) {
                    SecretMetadata metadata = metadata(node);
                    Map<String, String> values = new TreeMap<>();
                    metadata.keys().forEach(key -> values.put(key, entry(alias(metadata.name(), key))));
                    secrets.add(new StoredCopy(metadata, values));
                }
            } catch (MalformedJsonException | IllegalArgumentException e) {
                throw damaged(INDEX);
            }
        }
        return secrets;
    }

    private String entry(String alias) {
        try {
            if (keyStore.getEntry(alias, protection) instanceof SecretKeyEntry entry) {
                return new String(entry.getSecretKey().getEncoded(), StandardCharsets.UTF_8);
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            // Said below; what the exception says may be anything.
        }
        throw damaged(alias);
    }

    private DamagedStoreException damaged(String alias) {
        return new DamagedStoreException("the file " + file + " is no store of secrets or was altered: its entry "
                + alias + " is missing or cannot be read");
    }

    private static String alias(String secret, String key) {
        StringBuilder alias = new StringBuilder();
        for (char c : (secret + "/" + key).toCharArray()) {
            if (c >= 'A' && c <= 'Z') {
                alias.append('^').append((char) (c - 'A' + 'a'));
            } else {
                alias.append(c);
            }
        }
        return alias.toString();
    }

    private static SecretMetadata metadata(Node node) {
        List<String> keys = child(node, "keys").items().stream().map(Node::text).toList();
        SecretMetadata.Builder metadata = SecretMetadata.builder(text(node, "name"))
                .type(SecretType.of(text(node, "type")).orElseThrow(IllegalArgumentException::new))
                .keys(keys)
                .created(instant(node, "created"))
                .updated(instant(node, "updated"))
                .version(Long.parseLong(text(node, "version")))
                .attachments(attachments(node));
        if (node.get("description") != null) {
            metadata.description(text(node, "description"));
        }
        if (node.get("directory") != null) {
            Map<String, String> subPaths = new LinkedHashMap<>();
            for (Field field : child(node, "subPaths").fields()) {
                subPaths.put(field.name(), field.value().text());
            }
            metadata.mount(SecretMount.files(text(node, "directory"), subPaths));
        }
        return metadata.build();
    }

    private static List<Attachment> attachments(Node node) {
        List<Attachment> attachments = new ArrayList<>();
        @Nullable Node list = node.get("attachments");
        for (Node attachment : list == null ? List.<Node>of() : list.items()) {
            attachments.add(new Attachment(
                    text(attachment, "deployment"),
                    instant(attachment, "since"),
                    Boolean.parseBoolean(text(attachment, "restartNeeded"))));
        }
        return attachments;
    }

    private static Instant instant(Node node, String name) {
        return Instant.ofEpochMilli(Long.parseLong(text(node, name)));
    }

    private static Node child(Node node, String name) {
        @Nullable Node child = node.get(name);
        if (child == null) {
            throw new IllegalArgumentException(name);
        }
        return child;
    }

    private static String text(Node node, String name) {
        return child(node, name).text();
    }
}

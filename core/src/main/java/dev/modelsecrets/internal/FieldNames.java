package dev.modelsecrets.internal;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the name of a field inside a structured secret tells of its value. A name is looked at by its last words, so
 * {@code AWS_DEFAULT_REGION}, {@code awsRegion} and {@code region} are the same.
 */
final class FieldNames {

    private static final Set<String> SECRET = Set.of(
            "password",
            "passwd",
            "pwd",
            "pass",
            "passphrase",
            "secret",
            "token",
            "key",
            "apikey",
            "credential",
            "credentials",
            "signature",
            "sig",
            "auth",
            "authorization",
            "cookie",
            "jwt",
            "pin",
            "sas");

    private static final List<String> SECRET_ENDINGS = List.of("password", "passwd", "secret", "token", "key");

    private static final Set<String> PUBLIC = Set.of(
            // what it is, and how to speak with it
            "type",
            "kind",
            "version",
            "apiversion",
            "name",
            "description",
            "comment",
            "status",
            "enabled",
            "mode",
            "sslmode",
            "ssl",
            "tls",
            "encryption",
            "format",
            "output",
            "protocol",
            "protocols",
            "scheme",
            "driver",
            "engine",
            "algorithm",
            "alg",
            "charset",
            "encoding",
            "locale",
            "timezone",
            "timeout",
            "method",
            "suffix",
            "agent",
            // where it is
            "region",
            "zone",
            "location",
            "host",
            "hostname",
            "server",
            "servers",
            "hosts",
            "port",
            "domain",
            "endpoint",
            "registry",
            "repository",
            "bucket",
            "database",
            "dbname",
            "catalog",
            "cluster",
            "namespace",
            "context",
            "profile",
            // whose it is, and what for
            "user",
            "username",
            "uid",
            "login",
            "email",
            "mail",
            "account",
            "tenant",
            "project",
            "subscription",
            "organization",
            "issuer",
            "audience",
            "scope",
            "scopes",
            "clientid",
            "projectid",
            "accountid",
            "tenantid",
            "userid",
            "appid",
            // until when
            "expiration",
            "expires",
            "expiry",
            "created",
            "updated",
            "date");

    private static final Set<String> PUBLIC_PAIRS = Set.of(
            "client id",
            "project id",
            "project number",
            "user id",
            "account id",
            "tenant id",
            "subscription id",
            "app id",
            "application id",
            "organization id",
            "org id",
            "team id",
            "data source",
            "creds store",
            "expires at",
            "expires in",
            "expires on",
            "created at",
            "updated at",
            "last refresh",
            "token type",
            "key type");

    private static final Set<String> FILES = Set.of("file", "filename", "path", "dir", "directory", "folder");

    private static final Pattern WORD_END = Pattern.compile("[^\\p{Alnum}]+|(?<=[a-z0-9])(?=[A-Z])");

    private FieldNames() {}

    /** Tells whether a name says that the value is secret, such as {@code db_password}. */
    static boolean isSecret(String name) {
        String[] words = words(name);
        String last = last(words, 1);
        return !PUBLIC_PAIRS.contains(last(words, 2))
                && (SECRET.contains(last) || SECRET_ENDINGS.stream().anyMatch(last::endsWith));
    }

    /** Tells whether a name says that the value is public, such as {@code project_id}. */
    static boolean isPublic(String name) {
        String[] words = words(name);
        return PUBLIC.contains(last(words, 1)) || PUBLIC_PAIRS.contains(last(words, 2));
    }

    /** Tells whether a name says that the value is the path of a file, such as {@code credential_file}. */
    static boolean isFile(String name) {
        return FILES.contains(last(words(name), 1));
    }

    private static String[] words(String name) {
        return WORD_END.split(name, -1);
    }

    private static String last(String[] words, int count) {
        List<String> all = List.of(words);
        return String.join(" ", all.subList(Math.max(0, all.size() - count), all.size()))
                .toLowerCase(Locale.ROOT);
    }
}

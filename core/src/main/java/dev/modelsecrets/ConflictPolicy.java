package dev.modelsecrets;

/** What a resolver does when two providers hold different values for one name. */
public enum ConflictPolicy {
    /** The first provider wins, and later ones are not asked once every name has a value; the default. */
    IGNORE,
    /** The first provider wins; every provider is asked, and a WARN names both places, once for each conflict. */
    WARN,
    /** Every provider is asked, and a conflict is a {@link SecretConflictException}. */
    FAIL
}

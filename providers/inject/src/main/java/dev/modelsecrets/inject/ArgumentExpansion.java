package dev.modelsecrets.inject;

/**
 * What happens to {@code $(VAR)} in the arguments of a child process.
 *
 * <p>The syntax and its rules are those of Kubernetes for {@code command} and {@code args} of a container: {@code
 * $(VAR)} is the value of the variable, {@code $$} is {@code $}, so {@code $$(VAR)} is a literal {@code $(VAR)}, and
 * everything else stays as it is. Values are not looked into again. OCI AI Blueprints hands secrets to servers this
 * way.
 *
 * <p><strong>Arguments are visible to every user of a machine</strong>, for example through {@code ps}; variables are
 * visible only to the same user and to root. So expansion is off unless it is asked for.
 */
public enum ArgumentExpansion {
    /** Arguments stay as they are. */
    OFF,

    /** References are expanded; a reference to an unknown variable stays as it is, as in Kubernetes. */
    LENIENT,

    /** References are expanded; references to unknown variables are an error that names them all. */
    STRICT
}

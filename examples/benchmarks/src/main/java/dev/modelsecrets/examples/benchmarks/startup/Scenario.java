package dev.modelsecrets.examples.benchmarks.startup;

/** Where the secrets are, and where the program knows their names from; each has its programs in a package. */
enum Scenario {
    CODE("a", "variables and mounted files, names in the code"),
    CONFIG("b", "variables and mounted files, names in config.yaml"),
    EVERYWHERE("c", "a variable, a mounted file, a local YAML file and a JSON variable");

    final String id;
    final String description;

    Scenario(String id, String description) {
        this.id = id;
        this.description = description;
    }
}

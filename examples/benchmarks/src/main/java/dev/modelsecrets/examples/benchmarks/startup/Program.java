package dev.modelsecrets.examples.benchmarks.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A program to measure.
 *
 * @param name what readers of the results know it as
 * @param scenario what it does; null for the one that does nothing
 * @param main its main class
 * @param library what it needs on the class path
 */
record Program(String name, @Nullable Scenario scenario, String main, Library library) {

    static final String BY_HAND = "By hand";
    static final String MODEL_SECRETS = "Model Secrets";
    static final String SMALLRYE = "SmallRye Config";
    static final String SPRING_BOOT = "Spring Boot";

    static final Program HELLO = new Program("hello", null, Hello.class.getName(), Library.JDK);

    private static Program of(String name, Scenario scenario, String main, Library library) {
        String programs = Program.class.getPackageName() + "." + scenario.name().toLowerCase(Locale.ROOT);
        return new Program(name, scenario, programs + "." + main, library);
    }

    /** Returns all programs, {@link #HELLO} first and then by scenario. */
    static List<Program> all() {
        List<Program> programs = new ArrayList<>();
        programs.add(HELLO);
        for (Scenario scenario : Scenario.values()) {
            Library floor = scenario == Scenario.CODE ? Library.JDK : Library.JACKSON;
            programs.add(of(BY_HAND, scenario, "ByHand", floor));
            programs.add(of(MODEL_SECRETS, scenario, "ModelSecrets", Library.STANDARD));
            programs.add(of(SMALLRYE, scenario, "SmallRye", Library.SMALLRYE));
            programs.add(of("SmallRye's sources alone", scenario, "SmallRyeSources", Library.SMALLRYE));
            programs.add(of("Gestalt", scenario, "GestaltConfig", Library.GESTALT));
            programs.add(of("Spring's sources alone", scenario, "SpringSources", Library.SPRING));
            programs.add(of(SPRING_BOOT, scenario, "SpringBoot", Library.SPRING));
        }
        programs.add(of("AWS SDK, variables only", Scenario.CODE, "AwsChain", Library.AWS));
        return programs;
    }

    /** Tells whether it is also run from an archive of classes: this library and what it is held against. */
    boolean isArchived() {
        return scenario == null || name.equals(BY_HAND) || name.equals(MODEL_SECRETS);
    }
}

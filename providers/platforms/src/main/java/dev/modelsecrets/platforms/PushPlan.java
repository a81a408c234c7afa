package dev.modelsecrets.platforms;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a push would do to a platform, secret by secret: the difference between what is wanted and what is there.
 *
 * <p>It holds the values that would be pushed and shows none of them. Immutable and thread-safe.
 */
public final class PushPlan {

    /** What a push would do with one secret. */
    public enum Action {

        /** The platform has no such secret: it would be created. */
        CREATE("create"),

        /** The platform has it with other keys or settings: it would be changed to what is wanted. */
        UPDATE("update"),

        /**
         * The platform has it with the same name, keys and settings; whether its values differ is unknown, because no
         * platform gives them back: they would be written again.
         */
        SAME_NAME("write"),

        /** It cannot be written, or would overwrite something else: it would be left alone. */
        CONFLICT("conflict");

        private final String word;

        Action(String word) {
            this.word = word;
        }
    }

    /**
     * What a push would do with one secret.
     *
     * @param name the secret's name
     * @param action what would happen
     * @param note why, and what the action means here; may be empty
     */
    public record Item(String name, Action action, String note) {}

    /** An item with the secret it is about. */
    record Step(Item item, WantedSecret wanted) {

        static Step of(WantedSecret wanted, Action action, String note) {
            return new Step(new Item(wanted.name(), action, note), wanted);
        }
    }

    private final SecretPlatform platform;
    private final String place;
    private final transient List<Step> steps;
    private final List<String> others;

    /**
     * Makes a plan.
     *
     * @param place the platform and the place on it, for people
     * @param others the names of the secrets that are there and not wanted
     */
    PushPlan(SecretPlatform platform, String place, List<Step> steps, List<String> others) {
        this.platform = platform;
        this.place = place;
        this.steps = List.copyOf(steps);
        this.others = List.copyOf(others);
    }

    /**
     * Returns what would happen, in the order of the wanted secrets.
     *
     * @return an immutable list
     */
    public List<Item> items() {
        return steps.stream().map(Step::item).toList();
    }

    /**
     * Returns the names of secrets that the platform has and that are not wanted; a push leaves them alone.
     *
     * @return an immutable list, in the platform's order
     */
    public List<String> others() {
        return others;
    }

    /**
     * Tells whether an item cannot be pushed.
     *
     * @return true if there is an item with the action {@link Action#CONFLICT}
     */
    public boolean hasConflicts() {
        return steps.stream().anyMatch(step -> step.item().action() == Action.CONFLICT);
    }

    /**
     * Narrows the plan, for example to what is not there yet: {@code plan.only(Action.CREATE)}.
     *
     * @param actions the actions to keep
     * @return a plan of these items only
     */
    public PushPlan only(Action... actions) {
        Set<Action> kept = Set.of(actions);
        return new PushPlan(
                platform,
                place,
                steps.stream()
                        .filter(step -> kept.contains(step.item().action()))
                        .toList(),
                others);
    }

    boolean isOf(SecretPlatform other) {
        return platform == other;
    }

    List<Step> steps() {
        return steps;
    }

    /** Fails if two of the wanted secrets have one name. */
    static void checkNames(Iterable<WantedSecret> wanted) {
        Set<String> names = new HashSet<>();
        for (WantedSecret secret : wanted) {
            if (!names.add(secret.name())) {
                throw new IllegalArgumentException("the secret " + secret.name() + " is wanted twice");
            }
        }
    }

    /** Returns a table for people: place, names and actions, never a value. */
    @Override
    public String toString() {
        List<Table.Row> rows = new ArrayList<>();
        for (Step step : steps) {
            Item item = step.item();
            rows.add(new Table.Row(item.name(), item.action().word, item.note()));
        }
        if (!others.isEmpty()) {
            rows.add(new Table.Row("", "", "left alone: " + String.join(", ", others)));
        }
        return Table.of(place, rows);
    }
}

package dev.modelsecrets.platforms;

import dev.modelsecrets.Secret;
import dev.modelsecrets.platforms.PushPlan.Action;
import dev.modelsecrets.platforms.PushPlan.Item;
import dev.modelsecrets.platforms.PushPlan.Step;
import dev.modelsecrets.platforms.PushReport.Entry;
import dev.modelsecrets.platforms.PushReport.Outcome;
import dev.modelsecrets.platforms.SecretPlatformException.Effect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A platform that is reached over HTTP: plans by comparing what is wanted with what is listed, and pushes such a plan.
 *
 * @param <T> what this platform says of one secret
 */
abstract sealed class HttpPlatform<T> implements SecretPlatform
        permits BasetenPlatform, BentoCloudPlatform, OciBlueprintsPlatform {

    private final String name;
    private final Set<Capability> capabilities;
    final PlatformClient client;

    HttpPlatform(String name, Set<Capability> capabilities, PlatformClient client) {
        this.name = name;
        this.capabilities = capabilities;
        this.client = client;
    }

    /** Reads what is there, in the place a push writes to. */
    abstract List<T> read();

    /** Describes a secret that is there. */
    abstract PlatformSecret describe(T secret);

    /** Says what a push would do with a secret that the platform can hold. */
    abstract Step compare(WantedSecret wanted, List<T> there, Collection<WantedSecret> allWanted);

    /** Writes secrets, and says for each what became of it. */
    abstract List<Entry> write(List<Step> steps, List<T> there);

    /** Says where a push writes to, for people. */
    abstract String place();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public List<PlatformSecret> list() {
        return read().stream().map(this::describe).toList();
    }

    @Override
    public final PushPlan plan(Collection<WantedSecret> wanted) {
        List<WantedSecret> copy = List.copyOf(wanted);
        PushPlan.checkNames(copy);
        List<T> there = read();
        Set<String> names = copy.stream().map(WantedSecret::name).collect(Collectors.toSet());
        List<String> others = there.stream()
                .map(secret -> describe(secret).name())
                .distinct()
                .filter(other -> !names.contains(other))
                .toList();
        return new PushPlan(this, place(), steps(copy, there), others);
    }

    private List<Step> steps(List<WantedSecret> wanted, List<T> there) {
        return wanted.stream()
                .map(secret -> problem(secret)
                        .map(problem -> Step.of(secret, Action.CONFLICT, problem))
                        .orElseGet(() -> compare(secret, there, wanted)))
                .toList();
    }

    @Override
    public final PushReport push(PushPlan plan) {
        if (!plan.isOf(this)) {
            throw new IllegalArgumentException("the plan was made by another platform than " + place());
        }
        List<T> there = read();
        List<WantedSecret> wanted = plan.steps().stream().map(Step::wanted).toList();
        Map<String, Item> now =
                steps(wanted, there).stream().map(Step::item).collect(Collectors.toMap(Item::name, item -> item));
        Map<String, Entry> entries = new HashMap<>();
        List<Step> toSend = new ArrayList<>();
        for (Step step : plan.steps()) {
            Item item = step.item();
            if (item.action() == Action.CONFLICT) {
                entries.put(item.name(), Entry.of(step.wanted(), Outcome.NOT_SENT, item.note()));
            } else if (!item.equals(now.get(item.name()))) {
                String changed = "the platform has changed since the plan: plan again";
                entries.put(item.name(), Entry.of(step.wanted(), Outcome.NOT_SENT, changed));
            } else {
                toSend.add(step);
            }
        }
        for (Entry entry : write(toSend, there)) {
            entries.put(entry.result().name(), entry);
        }
        return new PushReport(
                place(),
                wanted.stream()
                        .map(secret -> Objects.requireNonNull(entries.get(secret.name())))
                        .toList());
    }

    /**
     * Writes secrets one by one; a failure that concerns all keeps the rest from being sent.
     *
     * @param write writes one secret and says where, if the platform does
     */
    static List<Entry> oneByOne(List<Step> steps, Function<WantedSecret, String> write) {
        List<Entry> entries = new ArrayList<>();
        boolean stopped = false;
        for (Step step : steps) {
            WantedSecret wanted = step.wanted();
            if (stopped) {
                entries.add(Entry.of(wanted, Outcome.NOT_SENT, "the failure above concerns it too"));
                continue;
            }
            try {
                entries.add(Entry.of(wanted, Outcome.WRITTEN, write.apply(wanted)));
            } catch (SecretPlatformException e) {
                entries.add(Entry.of(wanted, e));
                stopped = e.effect() == Effect.NONE_FOR_ALL
                        || Thread.currentThread().isInterrupted();
            }
        }
        return entries;
    }

    /** Says why this platform cannot hold a secret at all. */
    private Optional<String> problem(WantedSecret wanted) {
        if (wanted.kind() == WantedSecret.Kind.CONTAINER_REGISTRY
                && !capabilities.contains(Capability.CONTAINER_REGISTRY)) {
            return Optional.of("it is the login to a container registry, which " + name + " does not keep as a secret");
        }
        if (wanted.keys().size() > 1 && !capabilities.contains(Capability.KEYS)) {
            return Optional.of("it has " + wanted.keys().size() + " keys, and a secret of " + name
                    + " is one value: push each of them for itself");
        }
        for (Map.Entry<String, Secret> entry : wanted.values().entrySet()) {
            String value = entry.getValue().reveal();
            if (value.isBlank()) {
                return Optional.of("the value of " + entry.getKey() + " is blank");
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                return Optional.of(
                        "the value of " + entry.getKey() + " holds half of a surrogate pair, which is not valid text");
            }
        }
        return Optional.empty();
    }

    @Override
    public final void close() {
        client.close();
    }

    /** Returns the platform and the place, never the token. */
    @Override
    public final String toString() {
        return place();
    }
}

package dev.modelsecrets.store;

import dev.modelsecrets.InvalidSecretNameException;
import dev.modelsecrets.SecretDeclarations;
import dev.modelsecrets.store.internal.Json.Field;
import dev.modelsecrets.store.internal.Json.Kind;
import dev.modelsecrets.store.internal.Json.MalformedJsonException;
import dev.modelsecrets.store.internal.Json.Node;
import dev.modelsecrets.store.internal.PlainJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a batch, and collects everything that is wrong with one of them. */
final class OperationParser {

    private static final String PAYLOAD = "secrets_payload";

    private final int index;
    private final Map<String, Node> fields = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private String name = "";
    private String action = "";
    private @Nullable SecretType type;
    private @Nullable StoredSecret secret;

    private OperationParser(int index) {
        this.index = index;
    }

    /**
     * Reads a document.
     *
     * @throws InvalidSecretException if it is not a batch; what is wrong with an operation is told by that operation
     */
    static List<SecretOperation> parse(String json) {
        Node root;
        try {
            root = PlainJson.parse(json);
        } catch (MalformedJsonException e) {
            throw invalid("it " + e.problem());
        }
        List<SecretOperation> operations = new ArrayList<>();
        for (Node node : payload(root).items()) {
            OperationParser parser = new OperationParser(operations.size());
            parser.read(node);
            operations.add(parser.operation());
        }
        return operations;
    }

    private static Node payload(Node root) {
        if (root.kind() != Kind.OBJECT) {
            throw invalid("it has to be an object with the field " + PAYLOAD + ", and is "
                    + root.kind().words());
        }
        @Nullable Node payload = null;
        for (Field field : root.fields()) {
            if (!field.name().equals(PAYLOAD)) {
                throw invalid("it has a field other than " + PAYLOAD + " at "
                        + field.value().place());
            }
            if (payload != null) {
                throw invalid("it has the field " + PAYLOAD + " twice");
            }
            payload = field.value();
        }
        if (payload == null) {
            throw invalid("it has no field " + PAYLOAD);
        }
        if (payload.kind() != Kind.ARRAY || payload.items().isEmpty()) {
            throw invalid(PAYLOAD + " has to be a list of at least one operation");
        }
        return payload;
    }

    private static InvalidSecretException invalid(String problem) {
        return new InvalidSecretException("the document is not a batch of secret operations", List.of(problem));
    }

    /** Returns where an operation stands in its document. */
    static String place(int index) {
        return PAYLOAD + "[" + index + "]";
    }

    private SecretOperation operation() {
        @Nullable
        InvalidSecretException problem = problems.isEmpty() ? null : new InvalidSecretException(place(index), problems);
        return new SecretOperation(index, name, action, type, secret, problem);
    }

    private void read(Node node) {
        if (node.kind() != Kind.OBJECT) {
            problems.add(
                    "an operation has to be an object, and is " + node.kind().words());
            return;
        }
        for (Field field : node.fields()) {
            switch (field.name()) {
                case "name", "action", "type", "data" -> {
                    if (fields.put(field.name(), field.value()) != null) {
                        problems.add("the field " + field.name() + " stands there twice");
                    }
                }
                default ->
                    problems.add("unknown field at " + field.value().place()
                            + "; an operation has name, action, type and data");
            }
        }
        readName();
        readAction();
        readType();
        readData();
    }

    private @Nullable Node field(String field, boolean required) {
        @Nullable Node value = fields.get(field);
        if (value == null && required) {
            problems.add(field + " is missing");
        }
        return value;
    }

    private @Nullable String string(String field, boolean required) {
        @Nullable Node value = field(field, required);
        if (value == null) {
            return null;
        }
        if (value.kind() != Kind.STRING) {
            problems.add(field + " has to be a string, and is " + value.kind().words());
            return null;
        }
        return value.text();
    }

    private void readName() {
        @Nullable String given = string("name", true);
        if (given == null) {
            return;
        }
        if (given.isBlank()) {
            problems.add("name is empty");
            return;
        }
        try {
            name = SecretDeclarations.checkName(given);
        } catch (InvalidSecretNameException e) {
            problems.add(String.valueOf(InvalidSecretNameException.at("name").getMessage()));
        }
    }

    private void readAction() {
        @Nullable String given = string("action", true);
        if (given == null) {
            return;
        }
        if (given.equals("create") || given.equals("update") || given.equals("delete")) {
            action = given;
        } else {
            problems.add("action has to be create, update or delete");
        }
    }

    private void readType() {
        @Nullable String given = string("type", isWrite());
        if (given != null) {
            type = SecretType.of(given).orElse(null);
            if (type == null) {
                problems.add("type has to be opaque or container_registry");
            }
        }
    }

    /** Tells whether the operation is known to need a type and data. */
    private boolean isWrite() {
        return !action.isEmpty() && !action.equals("delete");
    }

    private void readData() {
        @Nullable Node data = field("data", isWrite());
        if (data == null) {
            return;
        }
        if (action.equals("delete")) {
            problems.add("data is not allowed with delete");
            return;
        }
        if (data.kind() != Kind.OBJECT) {
            problems.add("data has to be an object, and is " + data.kind().words());
            return;
        }
        if (data.fields().isEmpty()) {
            problems.add("data is empty");
            return;
        }
        readValues(data);
    }

    private void readValues(Node data) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : data.fields()) {
            try {
                SecretDeclarations.checkName(field.name());
            } catch (InvalidSecretNameException e) {
                problems.add(String.valueOf(InvalidSecretNameException.at(
                                "a key of data at " + field.value().place())
                        .getMessage()));
                continue;
            }
            if (field.value().kind() != Kind.STRING) {
                problems.add("data." + field.name() + " has to be a string, and is "
                        + field.value().kind().words());
            } else if (values.put(field.name(), field.value().text()) != null) {
                problems.add("data." + field.name() + " stands there twice");
            }
        }
        if (type != null && problems.isEmpty()) {
            build(type, values);
        }
    }

    private void build(SecretType type, Map<String, String> values) {
        try {
            // An update of an opaque secret may give some keys; the OCI schema wants all four of a registry.
            boolean whole = action.equals("create") || type == SecretType.CONTAINER_REGISTRY;
            secret = (whole ? StoredSecret.builder(name) : StoredSecret.changesTo(name))
                    .type(type)
                    .values(values)
                    .build();
        } catch (InvalidSecretException e) {
            problems.addAll(e.problems());
        }
    }
}

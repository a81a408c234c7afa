package dev.modelsecrets.examples.clients;

import org.junit.jupiter.api.Tag;

@Tag("slow")
class ClientsUnderThousandRotationsTest extends ClientsUnderRotation {

    ClientsUnderThousandRotationsTest() {
        super(1_000);
    }
}

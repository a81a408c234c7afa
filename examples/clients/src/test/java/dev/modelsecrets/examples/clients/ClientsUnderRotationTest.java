package dev.modelsecrets.examples.clients;

class ClientsUnderRotationTest extends ClientsUnderRotation {

    ClientsUnderRotationTest() {
        super(20);
    }
}

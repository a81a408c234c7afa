package dev.modelsecrets.microprofile;

import io.helidon.config.mp.MpConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigBuilder;

/** With Helidon: 3 on Java 17, 4 on Java 21 and later. */
class HelidonConfigTest extends ConfigContract {

    @Override
    ConfigBuilder builder() {
        return new MpConfigProviderResolver().getBuilder();
    }
}

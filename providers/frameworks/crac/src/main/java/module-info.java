/**
 * Drops secrets before a checkpoint (CRaC), and resolves them anew after the restore.
 *
 * <p>Start at {@link dev.modelsecrets.crac.CheckpointedSecrets}.
 */
module dev.modelsecrets.crac {
    requires transitive dev.modelsecrets.core;
    requires transitive org.crac;
    requires static org.jspecify;
    requires org.slf4j;

    exports dev.modelsecrets.crac;
}

package dev.modelsecrets.cli;

import picocli.CommandLine.Model.CommandSpec;

/** One command of the command line. */
interface Subcommand {

    /**
     * Adds options and parameters.
     *
     * @param spec the specification, which has a name and the options that all commands have
     */
    void describe(CommandSpec spec);

    /**
     * Carries the command out.
     *
     * @param call the arguments and the machine
     * @return the code to exit with
     * @throws java.io.IOException if standard output, standard input or a file fails
     * @throws InterruptedException if the command is to end
     */
    int run(Call call) throws java.io.IOException, InterruptedException;
}

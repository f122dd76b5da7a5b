package io.jenkins.plugins.amirefresh.runner.steps.bindings;

import io.jenkins.plugins.amirefresh.runner.build.AbortException;
import io.jenkins.plugins.amirefresh.runner.build.Credential;
import io.jenkins.plugins.amirefresh.runner.interpreter.BodyCallback;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepContext;
import io.jenkins.plugins.amirefresh.runner.interpreter.StepExecution;
import io.jenkins.plugins.amirefresh.runner.interpreter.Symbol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs its block with credentials in variables, masked on the console. */
final class WithCredentialsExecution extends StepExecution implements BodyCallback {
    private static final long serialVersionUID = 1L;
    /** Class names that scripts use in place of the symbols. */
    private static final Map<String, String> CLASSES = Map.of(
            "AmazonWebServicesCredentialsBinding", "aws",
            "StringBinding", "string",
            "UsernamePasswordMultiBinding", "usernamePassword",
            "UsernamePasswordBinding", "usernameColonPassword",
            "FileBinding", "file");

    private final List<Symbol> bindings = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();

    WithCredentialsExecution(StepContext context, List<Object> bindings) throws AbortException {
        super(context);
        for (Object binding : bindings) {
            this.bindings.add(symbol(binding));
        }
    }

    private static Symbol symbol(Object binding) throws AbortException {
        if (binding instanceof Symbol symbol) {
            return symbol;
        }
        if (binding instanceof Map<?, ?> map && map.get("$class") != null) {
            String type = String.valueOf(map.get("$class"));
            String name = CLASSES.get(type.substring(type.lastIndexOf('.') + 1));
            if (name != null) {
                Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
                map.forEach((key, value) -> arguments.put(String.valueOf(key), value));
                return new Symbol(name, arguments);
            }
        }
        throw new AbortException(
                "withCredentials: '" + binding
                        + "' is not run in a rehearsal; it knows string, usernamePassword, usernameColonPassword, file and aws");
    }

    @Override
    public void start() throws IOException {
        for (Symbol binding : bindings) {
            bind(binding, credential(binding.text("credentialsId", "")));
        }
        if (!variables.isEmpty()) {
            List<String> names =
                    variables.keySet().stream().map(name -> "$" + name).toList();
            context().print("Masking supported pattern matches of " + String.join(" or ", names));
        }
        context().runBody(context().block().withEnvironment(variables).withSecrets(secrets), this);
    }

    private Credential credential(String id) throws AbortException {
        Credential credential = context().build().settings().credentials().get(id);
        if (credential == null) {
            throw new AbortException("Could not find credentials entry with ID '" + id
                    + "'; declare a stand-in with --credential " + id + "=TEXT or " + id + "=USER:PASSWORD");
        }
        return credential;
    }

    private void bind(Symbol binding, Credential credential) throws IOException {
        String variable = binding.text("variable", "");
        if (binding.name().equals("string") && credential instanceof Credential.SecretText text) {
            put(variable, text.secret(), true);
        } else if (binding.name().equals("usernamePassword")
                && credential instanceof Credential.UsernamePassword user) {
            put(binding.text("usernameVariable", ""), user.username(), true);
            put(binding.text("passwordVariable", ""), user.password(), true);
        } else if (binding.name().equals("usernameColonPassword")
                && credential instanceof Credential.UsernamePassword user) {
            put(variable, user.username() + ":" + user.password(), true);
        } else if (binding.name().equals("file") && credential instanceof Credential.SecretFile file) {
            Path place = context()
                    .build()
                    .directory()
                    .resolve("secrets")
                    .resolve(String.valueOf(context().id()));
            Files.createDirectories(place);
            put(
                    variable,
                    Files.writeString(place.resolve(file.fileName()), file.content())
                            .toString(),
                    true);
        } else if (binding.name().equals("aws") && credential instanceof Credential.AwsKeys keys) {
            put(binding.text("accessKeyVariable", "AWS_ACCESS_KEY_ID"), keys.accessKeyId(), true);
            put(binding.text("secretKeyVariable", "AWS_SECRET_ACCESS_KEY"), keys.secretAccessKey(), true);
        } else {
            throw new AbortException("withCredentials: '" + binding.text("credentialsId", "") + "' is "
                    + credential.kind() + "; " + binding.name() + " cannot bind it");
        }
    }

    private void put(String variable, String value, boolean isSecret) {
        variables.put(variable, value);
        if (isSecret) {
            secrets.add(value);
        }
    }

    @Override
    public void onSuccess(StepContext step, @Nullable Object result) throws IOException {
        removeFiles();
        step.succeed(result);
    }

    @Override
    public void onFailure(StepContext step, Throwable failure) throws IOException {
        removeFiles();
        step.fail(failure);
    }

    private void removeFiles() throws IOException {
        io.jenkins.plugins.amirefresh.runner.files.FileTrees.delete(context()
                .build()
                .directory()
                .resolve("secrets")
                .resolve(String.valueOf(context().id())));
    }
}

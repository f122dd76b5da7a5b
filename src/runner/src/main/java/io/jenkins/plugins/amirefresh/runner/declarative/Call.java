package io.jenkins.plugins.amirefresh.runner.declarative;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A call as it stands in the source: {@code name arg, key: value { body }}.
 *
 * @param name the name that is called
 * @param unnamed arguments without a name, without the block
 * @param named arguments with a name
 * @param body the block at the end, or null
 * @param node where it stands
 */
record Call(
        String name,
        List<Expression> unnamed,
        Map<String, Expression> named,
        @Nullable ClosureExpression body,
        MethodCallExpression node) {
    /** The statements of a block. */
    static List<Statement> statements(ClosureExpression closure) {
        return closure.getCode() instanceof BlockStatement block
                ? List.copyOf(block.getStatements())
                : List.of(closure.getCode());
    }

    /** The expression a statement consists of. */
    static Optional<Expression> expression(Statement statement) {
        if (statement instanceof ExpressionStatement expression) {
            return Optional.of(expression.getExpression());
        }
        return statement instanceof ReturnStatement result ? Optional.of(result.getExpression()) : Optional.empty();
    }

    /** The call a statement consists of; empty if it is anything else, or a method of some object. */
    static Optional<Call> of(Statement statement) {
        return expression(statement).flatMap(Call::of);
    }

    /** Why a statement is no section: Groovy reads two blocks on one line as one chain of calls. */
    static String hint(Statement statement) {
        boolean isChain = expression(statement).orElse(null) instanceof MethodCallExpression call
                && call.getObjectExpression() instanceof MethodCallExpression;
        return isChain
                ? "; Groovy reads blocks that follow each other on one line as one: put each on a line of its own"
                : "";
    }

    /** The same for an expression. */
    static Optional<Call> of(Expression expression) {
        if (!(expression instanceof MethodCallExpression call) || !call.isImplicitThis()) {
            return Optional.empty();
        }
        if (!(call.getMethod() instanceof ConstantExpression name)) {
            return Optional.empty();
        }
        List<Expression> unnamed = new ArrayList<>();
        Map<String, Expression> named = new TreeMap<>();
        ClosureExpression body = null;
        List<Expression> arguments = arguments(call);
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            if (argument instanceof MapExpression map) {
                map.getMapEntryExpressions().forEach(e -> named.put(keyOf(e), e.getValueExpression()));
            } else if (argument instanceof ClosureExpression closure && i == arguments.size() - 1) {
                body = closure;
            } else {
                unnamed.add(argument);
            }
        }
        return Optional.of(new Call(String.valueOf(name.getValue()), unnamed, named, body, call));
    }

    private static List<Expression> arguments(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression tuple
                ? tuple.getExpressions()
                : List.of(call.getArguments());
    }

    private static String keyOf(MapEntryExpression entry) {
        return entry.getKeyExpression() instanceof ConstantExpression constant
                ? String.valueOf(constant.getValue())
                : entry.getKeyExpression().getText();
    }

    /** Whether nothing is passed. */
    boolean isEmpty() {
        return unnamed.isEmpty() && named.isEmpty() && body == null;
    }

    /** All arguments but the block, as they were written. */
    List<Expression> argumentsWithoutBody() {
        List<Expression> all = new ArrayList<>(arguments(node));
        if (body != null) {
            all.remove(body);
        }
        return all;
    }

    /** The only unnamed argument, if it is a constant text. */
    Optional<String> constantText() {
        if (unnamed.size() == 1
                && unnamed.get(0) instanceof ConstantExpression constant
                && constant.getValue() instanceof String text) {
            return Optional.of(text);
        }
        return Optional.empty();
    }

    /** Where it stands, for messages. */
    ASTNode place() {
        return node;
    }
}

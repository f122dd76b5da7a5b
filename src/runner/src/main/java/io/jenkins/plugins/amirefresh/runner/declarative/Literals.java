package io.jenkins.plugins.amirefresh.runner.declarative;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.UnaryMinusExpression;

/** Values that stand in the source as they are: texts, numbers, booleans, and lists and maps of them. */
final class Literals {

    private Literals() {}

    /** The value; empty when anything in it is computed, or null. */
    static Optional<Object> value(Expression expression) {
        if (expression instanceof ConstantExpression constant) {
            return Optional.ofNullable(constant.getValue());
        }
        if (expression instanceof UnaryMinusExpression minus) {
            return value(minus.getExpression()).map(number -> "-" + number);
        }
        if (expression instanceof MapExpression map) {
            return map(map);
        }
        return expression instanceof ListExpression list ? list(list) : Optional.empty();
    }

    private static Optional<Object> list(ListExpression expression) {
        List<Object> values = new ArrayList<>();
        for (Expression item : expression.getExpressions()) {
            Optional<Object> value = value(item);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return Optional.of(values);
    }

    private static Optional<Object> map(MapExpression expression) {
        Map<Object, Object> values = new LinkedHashMap<>();
        for (MapEntryExpression entry : expression.getMapEntryExpressions()) {
            Optional<Object> key = value(entry.getKeyExpression());
            Optional<Object> value = value(entry.getValueExpression());
            if (key.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            values.put(key.get(), value.get());
        }
        return Optional.of(values);
    }
}

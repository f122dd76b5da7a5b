package io.jenkins.plugins.amirefresh.runner.interpreter;

import com.cloudbees.groovy.cps.impl.Caller;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A Groovy category that makes loops over collections survive a suspension: Java's own iterators and map views cannot be
 * saved, so transformed code gets copies that can.
 *
 * <p>Source: Jenkins does the same, workflow-cps plugin, {@code IteratorHack}.
 */
public final class SerializableIterators {
    private SerializableIterators() {}

    /** Replaces {@link List#iterator()}. */
    public static <E> Iterator<E> iterator(List<E> list) {
        return new Position<>(list);
    }

    /** Replaces {@link Set#iterator()}. */
    public static <E> Iterator<E> iterator(Set<E> set) {
        return new Position<>(new ArrayList<>(set));
    }

    /** Replaces the iterator of an array. */
    public static <E> Iterator<E> iterator(E[] array) {
        return new Position<>(Arrays.asList(array));
    }

    /** Replaces {@link Deque#iterator()}. */
    public static <E> Iterator<E> iterator(Deque<E> deque) {
        return new Position<>(new ArrayList<>(deque));
    }

    /** Replaces {@link Map#entrySet()}. */
    public static <K, V> Set<Map.Entry<K, V>> entrySet(Map<K, V> map) {
        if (isPlainJava(map, "entrySet")) {
            return map.entrySet();
        }
        Set<Map.Entry<K, V>> entries = new LinkedHashSet<>();
        map.forEach((key, value) -> entries.add(new AbstractMap.SimpleImmutableEntry<>(key, value)));
        return entries;
    }

    /** Replaces {@link Map#keySet()}. */
    public static <K> Set<K> keySet(Map<K, ?> map) {
        return isPlainJava(map, "keySet") ? map.keySet() : new LinkedHashSet<>(map.keySet());
    }

    /** Replaces {@link Map#values()}. */
    public static <V> Collection<V> values(Map<?, V> map) {
        return isPlainJava(map, "values") ? map.values() : new ArrayList<>(map.values());
    }

    private static boolean isPlainJava(Map<?, ?> map, String method) {
        return !Caller.isAsynchronous(map, method) && !Caller.isAsynchronous(SerializableIterators.class, method, map);
    }

    /** A place in a list, by number. */
    private static final class Position<E> implements Iterator<E>, Serializable {
        private static final long serialVersionUID = 1L;

        private final List<E> list;
        private int next;

        Position(List<E> list) {
            this.list = list;
        }

        @Override
        public boolean hasNext() {
            return next < list.size();
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return list.get(next++);
        }

        @Override
        public void remove() {
            list.remove(--next);
        }
    }
}
